import { countWords } from '../text/count-words.ts'
import { type Span, sentences } from '../text/sentences.ts'
import type { Transcript, TranscriptMark } from './segments.ts'

/** The smallest part of a segment: a sentence of one speaker, or a piece of a sentence that is too long. */
export interface Unit extends Span {
  words: number
  speaker: string | null
  /** How natural a cut before this unit is. */
  cut: 'heading' | 'speaker' | 'paragraph' | 'line' | 'sentence' | 'inside'
}

/** Sentences longer than this many words are cut: subtitles often have no punctuation at all. */
const MAX_UNIT_WORDS = 70
const PART_WORDS = 45

/** Offsets inside a span at which a cut does least harm, each with its cost: between cues, at a comma, at a space. */
function cutsInside(text: string, span: Span, marks: readonly TranscriptMark[]): Map<number, number> {
  const cuts = new Map<number, number>()
  for (const match of text.slice(span.start, span.end).matchAll(/(?<=[,;:、，；：])\s*(?=\S)|\s+(?=\S)/gu)) {
    const offset = span.start + match.index + match[0].length
    cuts.set(offset, /[,;:、，；：]/.test(text[span.start + match.index - 1] ?? '') ? 0.1 : 0.25)
  }
  for (const mark of marks) if (mark.start > span.start && mark.start < span.end) cuts.set(mark.start, 0)
  return cuts
}

function cutLong(text: string, span: Span, count: number, marks: readonly TranscriptMark[]): Span[] {
  const parts = Math.ceil(count / PART_WORDS)
  const length = (span.end - span.start) / parts
  const cuts = [...cutsInside(text, span, marks)].sort((a, b) => a[0] - b[0])
  const offsets: number[] = []
  let at = 0
  for (let part = 1; part < parts; part++) {
    const target = span.start + Math.round(part * length)
    while (at < cuts.length && (cuts[at]?.[0] ?? 0) < target - length * 0.4) at++
    let best: number | null = null
    let price = Number.POSITIVE_INFINITY
    for (let near = at; near < cuts.length; near++) {
      const [offset, base] = cuts[near] ?? [0, 0]
      if (offset > target + length * 0.4) break
      const cost = base + Math.abs(offset - target) / length
      if (cost < price && offset > (offsets.at(-1) ?? span.start)) {
        best = offset
        price = cost
      }
    }
    // A run without spaces or punctuation is cut at the maximum length, but never inside a surrogate pair.
    const low = text.charCodeAt(target)
    offsets.push(best ?? (low >= 0xdc00 && low <= 0xdfff ? target + 1 : target))
  }
  const edges = [span.start, ...new Set(offsets.filter((offset) => offset > span.start && offset < span.end)), span.end]
  return edges.slice(1).flatMap((to, index) => {
    const from = edges[index] ?? span.start
    const end = from + text.slice(from, to).trimEnd().length
    return end > from ? [{ start: from, end }] : []
  })
}

interface Block extends Span {
  speaker: string | null
  heading: boolean
}

/** Parts of the text that have no heading or change of speaker inside. */
function blocksOf(transcript: Transcript): Block[] {
  const { text, marks, headings } = transcript
  const starts = new Map<number, { speaker: string | null; heading: boolean }>()
  let speaker: string | null = null
  starts.set(0, { speaker, heading: false })
  for (const mark of marks) {
    if (mark.speaker === speaker) continue
    speaker = mark.speaker
    starts.set(mark.start, { speaker, heading: false })
  }
  for (const { start } of headings) {
    const here = starts.get(start)
    if (here !== undefined) here.heading = true
    else starts.set(start, { speaker: speakerAt(marks, start), heading: true })
  }
  const ordered = [...starts].sort((a, b) => a[0] - b[0])
  return ordered.map(([start, block], at) => ({ ...block, start, end: ordered[at + 1]?.[0] ?? text.length }))
}

function speakerAt(marks: readonly TranscriptMark[], offset: number): string | null {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle]?.start ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return marks[low - 1]?.speaker ?? null
}

/** Cuts a transcript into units, in order; together they hold every character that is not white space. */
export function unitsOf(transcript: Transcript): Unit[] {
  const { text, marks } = transcript
  const units: Unit[] = []
  let nextMark = 0
  for (const block of blocksOf(transcript)) {
    let cut: Unit['cut'] = block.heading ? 'heading' : 'speaker'
    for (const sentence of sentences(text.slice(block.start, block.end))) {
      const span = { start: block.start + sentence.start, end: block.start + sentence.end }
      const between = text.slice(units.at(-1)?.end ?? span.start, span.start)
      if (cut === 'sentence' && between.includes('\n')) cut = between.includes('\n\n') ? 'paragraph' : 'line'
      const count = countWords(text.slice(span.start, span.end))
      while (nextMark < marks.length && (marks[nextMark]?.end ?? 0) <= span.start) nextMark++
      if (count <= MAX_UNIT_WORDS) {
        units.push({ ...span, words: count, speaker: block.speaker, cut })
      } else {
        let last = nextMark
        while (last < marks.length && (marks[last]?.start ?? 0) < span.end) last++
        for (const part of cutLong(text, span, count, marks.slice(nextMark, last))) {
          units.push({ ...part, words: countWords(text.slice(part.start, part.end)), speaker: block.speaker, cut })
          cut = 'inside'
        }
      }
      cut = 'sentence'
    }
  }
  return units
}
