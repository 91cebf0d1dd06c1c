import type { Evidence } from '../../src/content/evidence/evidence.ts'
import type { EvidenceRef } from '../../src/content/evidence/evidence-ref.ts'
import { locateQuote } from '../../src/content/evidence/locate-quote.ts'
import { sentenceFor } from '../../src/content/evidence/sentence-choice.ts'
import { foldName } from '../../src/content/text/fold-name.ts'
import { wordsOf } from '../../src/content/text/folded-words.ts'
import type { Span } from '../../src/content/text/sentences.ts'
import type { TranscriptMark } from '../../src/content/transcript/segments.ts'
import { timeOfSpan } from '../../src/content/transcript/span-time.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'
import type { State, TextHandle } from '../state.ts'
import type { NodeRun } from '../step.ts'

/** Where evidence is looked up: the item's texts by handle, its segments, and what the source says about times. */
export interface Places {
  reading: Reading
  texts: Readonly<Record<string, TextHandle>>
  marks: readonly TranscriptMark[]
  /** References, by {@link refKey}, whose words the verifier replaced by the true ones. */
  drifted: ReadonlySet<string>
}

export function refKey({ source, segment, quote }: EvidenceRef): string {
  return `${source}\n${segment}\n${quote ?? ''}`
}

/** Evidence that always has its quote. Rights remove quotes only when the document is published. */
export type Quoted = Evidence & { quote: string }

/**
 * Turns a reference into evidence. Null if its quote cannot be found (fabricated). A quote is looked up in the named segment first, then
 * in the whole text. Without a quote, the sentence that best carries `about` is quoted.
 */
export function resolveEvidence(ref: EvidenceRef, about: string, places: Places): Quoted | null {
  const { source } = ref
  const handle = places.texts[source]
  const text = source === 'transcript' ? places.reading.text : places.reading[source]
  if (handle === undefined || text === '') return null
  const segment = source === 'transcript' && ref.segment !== null ? places.reading.segments[ref.segment] : undefined
  if (source === 'transcript' && segment === undefined) return null
  const range = segment === undefined ? { start: 0, end: text.length } : ownWords(segment, about, places)

  const found =
    ref.quote === undefined || ref.quote.trim() === ''
      ? {
          match: 'verbatim' as const,
          ...shift(
            sentenceFor(
              text.slice(range.start, range.end),
              wordsOf(about).map(({ folded }) => folded),
            ),
            range.start,
          ),
        }
      : (locateQuote(text, ref.quote, range) ?? locateQuote(text, ref.quote))
  if (found === null || found.end <= found.start) return null

  const at =
    source === 'transcript'
      ? places.reading.segments.find(({ start, end }) => found.start < end && found.end > start)
      : undefined
  return {
    kind: 'text',
    source,
    text: handle.hash,
    segment: at?.index ?? null,
    quote: text.slice(found.start, found.end),
    start: found.start,
    end: found.end,
    ...(at === undefined
      ? { startMs: null, endMs: null, timing: null }
      : timeOfSpan(places.marks, found.start, found.end)),
    speaker: at === undefined ? null : (speakerAt(places.marks, found.start) ?? at.speaker),
    match: places.drifted.has(refKey(ref)) ? 'drift' : found.match,
  }
}

/** If the name is that of a speaker and the segment does not say it, the quoted words must be that speaker's own. */
function ownWords(segment: Span, name: string, { reading, marks }: Places): Span {
  const wanted = foldName(name)
  if (wanted === '' || foldName(reading.text.slice(segment.start, segment.end)).includes(wanted)) return segment
  const spoken = marks
    .filter(
      ({ start, end, speaker }) => start < segment.end && end > segment.start && foldName(speaker ?? '') === wanted,
    )
    .map(({ start, end }) => ({ start: Math.max(start, segment.start), end: Math.min(end, segment.end) }))
  return spoken.reduce(
    (longest, part) => (part.end - part.start > longest.end - longest.start ? part : longest),
    spoken[0] ?? segment,
  )
}

function shift({ start, end }: { start: number; end: number }, by: number): { start: number; end: number } {
  return { start: start + by, end: end + by }
}

function speakerAt(marks: readonly TranscriptMark[], offset: number): string | null {
  return marks.find(({ start, end }) => offset >= start && offset < end)?.speaker ?? null
}

/** Where a run's evidence is looked up. */
export function placesOf({ texts, verification }: State, { workspace }: NodeRun): Places {
  const drifted = new Set(verification?.drifted)
  const { reading } = workspace.neighbours.get()
  return { reading, texts, marks: workspace.transcript.get().transcript?.marks ?? [], drifted }
}
