import { z } from 'zod'
import { locateQuote, type QuotePlace } from '../src/content/evidence/locate-quote.ts'
import { clipSpan } from '../src/content/text/clip.ts'
import { TextSource } from '../src/content/text/text.ts'
import type { Reading } from '../src/signals/reading/reading.ts'
import { noSuchSegment, segmentText } from './segment-text.ts'
import { defineTool, problem, type ToolFactory, type ToolResult } from './tool.ts'

const CONTEXT_CHARS = 160
const MAX_SHOWN = 400

const schema = z.strictObject({
  source: TextSource.default('transcript').describe('which text the quote is from'),
  segment: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('number of the segment that the quote is from; null for title or description'),
  quote: z.string().min(1).max(600).describe('the words to look up'),
})

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The text around a place, cut between words. */
function contextOf(text: string, { start, end }: { start: number; end: number }): string {
  const from = Math.max(0, start - CONTEXT_CHARS)
  const span = clipSpan(text, { start: from, end: Math.min(text.length, end + CONTEXT_CHARS) }, MAX_SHOWN + 600)
  return oneLine(text.slice(span.start, span.end))
}

function foundQuote(text: string, place: QuotePlace, segment: number | null, note?: string): ToolResult {
  const { match, similarity, start, end } = place
  const quote = oneLine(text.slice(start, end))
  const value = { match, similarity, quote, segment, context: contextOf(text, place) }
  return { ok: true, value: note === undefined ? value : { ...value, note } }
}

function missingQuote(segment: number | null, context: string): ToolResult {
  const note =
    'These words are not there. Quote words that are, point at the segment without a quote, or drop the label.'
  return { ok: true, value: { match: 'none', similarity: 0, quote: null, segment, context, note } }
}

function inTranscript(reading: Reading, quote: string, segment: number | null): ToolResult {
  const { text, segments } = reading
  const named = segment === null ? undefined : segments[segment]
  if (segments.length === 0 || (segment !== null && named === undefined))
    return problem(noSuchSegment(segment ?? 0, segments))
  if (named !== undefined) {
    const place = locateQuote(text, quote, named)
    if (place !== null) return foundQuote(text, place, named.index)
  }
  const place = locateQuote(text, quote)
  const where = place === null ? undefined : segments.find(({ end }) => end > place.start)
  if (place !== null && where !== undefined)
    return foundQuote(
      text,
      place,
      where.index,
      named === undefined
        ? undefined
        : `Not in segment ${named.index} alone: it begins in segment ${where.index}. Point at that one.`,
    )
  return missingQuote(segment, named === undefined ? '' : segmentText(reading, named, MAX_SHOWN))
}

/** Checks whether a quote is at its stated place, with the same look-up that decides what is published. */
export const checkEvidence: ToolFactory = ({ reading }) =>
  defineTool({
    name: 'check_evidence',
    version: 1,
    description:
      'Looks a quote up in its segment, the title or the description. "verbatim": it stands there. "drift": nearly; "quote" gives the true words. "none": it does not, and a label that rests on it will be thrown out. Also shows the words around it.',
    schema,
    async run({ source, segment, quote }) {
      if (source === 'transcript') return inTranscript(reading, quote, segment)
      const text = source === 'title' ? reading.title : reading.description
      if (text === '') return problem(`This item has no ${source}. Look the quote up in the transcript.`)
      const place = locateQuote(text, quote)
      return place === null ? missingQuote(null, contextOf(text, { start: 0, end: 0 })) : foundQuote(text, place, null)
    },
  })
