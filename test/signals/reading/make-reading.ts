import type { Segment } from '../../../src/content/transcript/segments.ts'
import type { Reading } from '../../../src/signals/reading/reading.ts'
import { wordsOf } from '../../../src/signals/reading/reading-words.ts'

export interface Stretch {
  text: string
  speaker?: string
  role?: Segment['role']
}

/** A reading with one segment for each text, without vectors. */
export function makeReading(stretches: readonly (string | Stretch)[], rest: Partial<Reading> = {}): Reading {
  let text = ''
  const segments = stretches.map((given, index): Segment => {
    const { text: words, speaker = null, role = 'content' } = typeof given === 'string' ? { text: given } : given
    const start = text === '' ? 0 : text.length + 1
    text = text === '' ? words : `${text}\n${words}`
    return {
      index,
      start,
      end: text.length,
      words: wordsOf(words).length,
      language: 'en',
      role,
      speaker,
      startMs: null,
      endMs: null,
      timing: null,
    }
  })
  return {
    kind: 'podcast_episode',
    language: 'en',
    title: '',
    description: '',
    text,
    segments,
    vectors: segments.map(() => null),
    titleVector: null,
    descriptionVector: null,
    space: null,
    ...rest,
  }
}
