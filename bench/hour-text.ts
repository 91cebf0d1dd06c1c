import { readFileSync } from 'node:fs'
import { readTranscript } from '../src/ingest/transcripts/parse-transcript.ts'

/** Bundled transcripts in English with enough words to be spoken for minutes. */
const SOURCES = [
  'first-bearing.srt',
  'pollinator-corridor.vtt',
  'the-envelope.json',
  'physics-of-tides.md',
  'the-bridge-that-had-heard-everything.txt',
]
/** Words of an hour of speech. */
const HOUR = 9000

/**
 * An hour of speech as plain text, about 9,000 words: the bundled examples one after another. `salt` goes into the first line
 * and makes a text that nothing has been kept of.
 */
export function hourOfSpeech(salt: string): string {
  const paragraphs = [`Welcome to programme ${salt}.`]
  let words = 0
  for (const source of SOURCES) {
    const { transcript } = readTranscript(readFileSync(new URL(`../examples/${source}`, import.meta.url)))
    for (const paragraph of transcript.text.split('\n')) {
      if (words >= HOUR) return paragraphs.join('\n')
      words += paragraph.split(/\s+/).length
      paragraphs.push(paragraph)
    }
  }
  return paragraphs.join('\n')
}
