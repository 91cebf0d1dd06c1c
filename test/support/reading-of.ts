import type { Places } from '../../graphs/labels/resolve-evidence.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import type { Segment } from '../../src/content/transcript/segments.ts'
import { emptyReading, type Reading } from '../../src/signals/reading/reading.ts'

/** A transcript of one line for each segment. Each segment lasts ten seconds. */
export function readingOf(lines: readonly string[], change: Partial<Reading> = {}): Reading {
  let start = 0
  const segments = lines.map((line, index): Segment => {
    const end = start + line.length
    const times = { startMs: index * 10_000, endMs: (index + 1) * 10_000, timing: 'source' as const }
    const segment = { index, start, end, words: line.split(' ').length, language: 'en', speaker: null, ...times }
    start = end + 1
    return { ...segment, role: 'content' }
  })
  return {
    ...emptyReading,
    language: 'en',
    text: lines.join('\n'),
    segments,
    vectors: lines.map(() => null),
    ...change,
  }
}

/** Where evidence is looked up in a reading. */
export function placesIn(reading: Reading): Places {
  const handle = (text: string) => ({ hash: sha256(text), chars: text.length, normaliser: 1 })
  return {
    reading,
    texts: {
      transcript: handle(reading.text),
      title: handle(reading.title),
      description: handle(reading.description),
    },
    marks: [],
    drifted: new Set(),
  }
}
