import type { ChapterCandidate } from '../candidates.ts'
import { isEnglish, keyphrases, type SegmentRange } from '../phrases/keyphrases.ts'
import type { Reading } from '../reading/reading.ts'
import { bestBoundaries, scoredGaps } from './chapter-boundaries.ts'
import { chapterCount, expectedChapterWords, wordsIn } from './chapter-count.ts'
import type { Stretch } from './chapter-phrases.ts'
import { isOpening, titleOf } from './chapter-titles.ts'

interface Place {
  firstSegment: number
  depth: number
  isChosen: boolean
}

function places(reading: Reading): Place[] {
  const first = { firstSegment: reading.segments[0]?.index ?? 0, depth: 1, isChosen: true }
  const count = chapterCount(reading)
  if (count === 1) return [first]
  const indexes = reading.segments.map(({ index }) => index)
  const found = bestBoundaries(
    reading,
    scoredGaps(reading, indexes),
    2 * count - 2,
    0.3 * expectedChapterWords(wordsIn(reading)),
  )
  return [first, ...found.map((gap, i) => ({ ...gap, isChosen: i < count - 1 }))].sort(
    (a, b) => a.firstSegment - b.firstSegment,
  )
}

/**
 * The places where the subject may change, in the order of the text. There are about twice as many as {@link chapterCount} asks for. The
 * first is the first segment, with depth 1. The keyphrases and the title of a place describe the text up to the next place. The
 * `chapterCount` deepest places make the best division: theirs describe the text up to the next of these. Pure. Input and output can be
 * cloned.
 */
export function chapterCandidates(reading: Reading): ChapterCandidate[] {
  if (reading.segments.length === 0) return []
  const all = places(reading)
  const stretches = all.map((_, at) => stretchAt(reading, all, at))
  const phrases = keyphrases(reading, stretches)
  // The places of the best division choose their titles first, so that no other place takes a title from them.
  const order = [...all.keys()].sort((a, b) => Number(all[b]?.isChosen) - Number(all[a]?.isChosen) || a - b)
  const titles = new Map<number, string>()
  for (const at of order) {
    const stretch = stretches[at]
    if (stretch === undefined) continue
    const used = new Set([...titles.values()].map((title) => title.toLowerCase()))
    titles.set(at, titleOf(stretch, phrases[at] ?? [], used, reading.title).slice(0, 120))
  }
  return all.map(({ firstSegment, depth }, at) => ({
    firstSegment,
    depth: Math.round(depth * 1000) / 1000,
    keyphrases: (phrases[at] ?? []).map(({ phrase }) => phrase),
    title: titles.get(at) ?? '',
  }))
}

/** The text from a place up to the next place that counts for it. */
function stretchAt(reading: Reading, all: readonly Place[], at: number): Stretch & SegmentRange {
  const lastSegment = reading.segments.at(-1)?.index ?? 0
  const { firstSegment: first, isChosen } = all[at] ?? { firstSegment: 0, isChosen: true }
  const next = all.slice(at + 1).find((place) => !isChosen || place.isChosen)
  const last = next === undefined ? lastSegment : next.firstSegment - 1
  const own = reading.segments.filter(({ index }) => index >= first && index <= last)
  const text = reading.text.slice(own[0]?.start ?? 0, own.at(-1)?.end ?? 0)
  const words = wordsIn({ segments: own })
  const english = isEnglish(reading.language)
  const isLast = last === lastSegment
  return {
    first,
    last,
    text,
    words,
    isLast,
    isEnglish: english,
    isOpening: at === 0 && !isLast && english && isOpening(text, words),
  }
}
