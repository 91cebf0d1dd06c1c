import type { Segment } from '../../content/transcript/segments.ts'
import { tokens } from '../names/name-tokens.ts'
import { personSpeakers } from '../names/speaker-names.ts'
import type { Reading } from '../reading/reading.ts'
import { sentencesIn } from '../reading/spoken-sentences.ts'
import { withoutMarks } from '../reading/transcriber-marks.ts'
import { type Phrase, phrasesIn, usageOf } from './candidate-phrases.ts'

/** True for English, and for an item whose language is not known. */
export const isEnglish = (language: string | null): boolean => language === null || /^en\b/i.test(language)

/** A phrase that distinguishes a stretch from the rest of its text. */
export interface Keyphrase {
  phrase: string
  score: number
  count: number
  /** How often the phrase occurs in the whole text. */
  everywhere: number
  /** How much more frequent the phrase is here than in the whole text. */
  lift: number
}

/** A run of segments, by the first and the last index. */
export interface SegmentRange {
  first: number
  last: number
}

const LIMIT = 8
/** A stretch mostly names its subject near its beginning. An occurrence at the very beginning counts for this many more segments. */
const EARLY_WEIGHT = 2
/** The distance from the beginning, in UTF-16 units, at which this extra weight has fallen to 1/e. */
const EARLY_REACH = 600

// The most frequent spelling. A capital that the same text also leaves out came from the beginning of a sentence.
function usualSpelling(surfaces: readonly string[]): string {
  const small = surfaces.filter((surface) => surface === surface.charAt(0).toLowerCase() + surface.slice(1))
  if (small.length > 0 && small.length < surfaces.length) return usualSpelling(small)
  const counts = new Map<string, number>()
  for (const surface of surfaces) counts.set(surface, (counts.get(surface) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? ''
}

interface Tally {
  length: number
  surfaces: string[]
  starts: number[]
  count: number
  /** The number of segments in which it occurs. */
  places: number
}

function tally(segments: readonly (readonly Phrase[])[]): Map<string, Tally> {
  const byKey = new Map<string, Tally>()
  for (const phrases of segments) {
    const here = new Set<string>()
    for (const { key, surface, length, start } of phrases) {
      const entry = byKey.get(key) ?? { length, surfaces: [], starts: [], count: 0, places: 0 }
      entry.surfaces.push(surface)
      entry.starts.push(start)
      entry.count += 1
      if (!here.has(key)) entry.places += 1
      here.add(key)
      byKey.set(key, entry)
    }
  }
  return byKey
}

const contains = (outer: string, inner: string): boolean => ` ${outer} `.includes(` ${inner} `)

// A part that seldom occurs outside a longer phrase says less than the longer phrase. A longer phrase that is rare is chance.
function withoutNested(ranked: readonly (Keyphrase & { key: string })[]): Keyphrase[] {
  const distinct: (Keyphrase & { key: string })[] = []
  for (const one of ranked) {
    if (distinct.length >= LIMIT) break
    if (distinct.some(({ key }) => contains(key, one.key) || contains(one.key, key))) continue
    const longer = ranked.find(
      ({ key, count }) => key !== one.key && contains(key, one.key) && count > 1 && count >= 0.5 * one.count,
    )
    distinct.push(longer ?? one)
  }
  return distinct.map(({ key: _, score, ...rest }) => ({ ...rest, score: Math.round(score * 1000) / 1000 }))
}

/**
 * What each stretch of a reading is about, best first. Noun-like phrases are ranked by the number of the stretch's segments that have them,
 * and by how early they occur. To a smaller degree, they are ranked by how much more frequent they are there than elsewhere (as tf-idf and
 * log-odds do), and by length. Stretches are runs of segments, given by their first and last index.
 */
export function keyphrases(
  reading: Pick<Reading, 'text' | 'segments' | 'language'>,
  stretches: readonly SegmentRange[],
): Keyphrase[][] {
  const spokenText = withoutMarks(reading.text)
  const cut = sentencesIn(spokenText).map(({ start, end }) => tokens(spokenText.slice(start, end)))
  const usage = usageOf(cut, isEnglish(reading.language))
  const within = (segment: Segment, { first, last }: SegmentRange) => segment.index >= first && segment.index <= last
  const bySegment = new Map(
    reading.segments.map(({ index, start, end, role }) => [
      index,
      role === 'ad' ? [] : phrasesIn(reading.text, start, end, usage),
    ]),
  )
  const whole = tally([...bySegment.values()])
  // The people who speak are no subject, neither by name nor by role.
  const people = new Set([
    ...reading.segments.flatMap(({ speaker }) => speaker ?? []),
    ...personSpeakers(reading.segments).flatMap((name) => [
      ...name.split(' ').map((_, i, parts) => parts.slice(i).join(' ')),
      name.split(' ')[0] ?? '',
    ]),
  ])
  const total = reading.segments.reduce((sum, { words }) => sum + words, 0)
  const usual = new Map<string, string>()
  const usually = (key: string, surfaces: readonly string[]): string => {
    const known = usual.get(key) ?? usualSpelling(whole.get(key)?.surfaces ?? surfaces)
    usual.set(key, known)
    return known
  }
  return stretches.map((stretch) => {
    const own = reading.segments.filter((segment) => within(segment, stretch))
    const begin = own[0]?.start ?? 0
    const words = own.reduce((sum, segment) => sum + segment.words, 0)
    const phrases = own.map(({ index }) => (bySegment.get(index) ?? []).filter(({ surface }) => !people.has(surface)))
    // Two things that are named together only once are chance.
    const named = [...tally(phrases)].filter(([key, { count }]) => count > 1 || !/ and /.test(key))
    const ranked = named.map(([key, { length, surfaces, starts, count, places }]) => {
      const everywhere = whole.get(key)?.count ?? count
      // How much more frequent it is here than in the whole text, smoothed by half an occurrence.
      const lift = count / (words + 1) / ((everywhere + 0.5) / (total + 1))
      const early = starts.reduce((sum, start) => sum + Math.exp(-(start - begin) / EARLY_REACH), 0)
      const telling = Math.log2(1 + places + EARLY_WEIGHT * early) ** 2 * Math.log2(1 + lift) ** 0.4
      // A single word must occur more often than a name or a longer phrase.
      const single = length > 1 || /\p{Lu}/u.test(usualSpelling(surfaces)) ? 1 : count < 3 ? 0.55 : 0.8
      const once = count === 1 ? 0.4 : 1
      const score = telling * (1 + 0.4 * (Math.min(3, length) - 1)) * single * once
      return { key, phrase: usually(key, surfaces), score, count, everywhere, lift }
    })
    return withoutNested(ranked.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1)))
  })
}
