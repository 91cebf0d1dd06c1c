import type { Places } from '../../graphs/labels/resolve-evidence.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'
import { makeReading } from '../signals/reading/make-reading.ts'

/** A reading with one segment for each line. Each segment lasts ten seconds. */
export function readingOf(lines: readonly string[], change: Partial<Reading> = {}): Reading {
  const reading = makeReading(lines, change)
  const timed = reading.segments.map((segment, n) => ({
    ...segment,
    startMs: n * 10_000,
    endMs: (n + 1) * 10_000,
    timing: 'source' as const,
  }))
  return { ...reading, segments: timed }
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
