import type { Segment } from '../../src/content/segment.ts'
import type { Reading } from '../../src/signals/reading.ts'

/** A segment in short: its text, or its text with who says it and what it is for. */
export type Said = string | { text: string; speaker?: string; role?: Segment['role'] }

/** A reading whose segments are the given texts, one each, joined by line ends; English and without vectors unless told. */
export function readingOf(said: readonly Said[], more: Partial<Reading> = {}): Reading {
  const parts = said.map((part) => (typeof part === 'string' ? { text: part } : part))
  let at = 0
  const segments = parts.map(({ text, speaker, role }, index): Segment => {
    const start = at
    at += text.length + 1
    return {
      index,
      start,
      end: start + text.length,
      words: text.split(/\s+/).length,
      language: 'en',
      role: role ?? 'content',
      speaker: speaker ?? null,
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
    text: parts.map(({ text }) => text).join('\n'),
    segments,
    vectors: segments.map(() => null),
    titleVector: null,
    descriptionVector: null,
    space: null,
    ...more,
  }
}
