import type { EvidenceRef } from '../../content/evidence/evidence-ref.ts'
import type { Prevalence } from '../../content/labels/suitability-label.ts'
import type { Taxonomy } from '../../taxonomy/taxonomy.ts'
import { measureFormat } from '../attributes/item-format.ts'
import { measureSpeech } from '../attributes/speech-measures.ts'
import type { SuitabilityCandidate } from '../candidates.ts'
import { CUE_CATEGORIES } from '../data/suitability-words.ts'
import type { Reading } from '../reading/reading.ts'
import { sentencesIn } from '../reading/spoken-sentences.ts'
import { hateIn } from './hate-cues.ts'
import { profanityIn } from './profanity.ts'
import { type CueIndex, findCues, indexCues, prepareCueText } from './suitability-cues.ts'
import { categorySimilarity } from './suitability-similarity.ts'
import { treatmentIn, treatmentOf } from './treatment.ts'

/** A sign of a category at a place. Offsets are in the joined text. */
interface Sign {
  /** What distinguishes the sign. Two signs of the same name are weaker than two of different names. */
  cue: string
  weight: number
  start: number
  end: number
  /** True if the sentence around the sign may be quoted. For offensive ones the evidence names only the place. */
  quotable: boolean
}

interface Place {
  start: number
  end: number
  ref: EvidenceRef
}

export interface SuitabilityOptions {
  /** The GARM taxonomy. A strong similarity with a category's phrases confirms the category's cues. It never makes a label by itself. */
  garm?: Pick<Taxonomy, 'space' | 'scoreAll'>
}

const INDEXES = CUE_CATEGORIES.map(({ category, name, cues }) => ({ category, name, index: indexCues(cues) }))
const HATE = { category: 'hate-speech-aggression', name: 'Hate Speech & Acts of Aggression' }
const PROFANITY = { category: 'obscenity-profanity', name: 'Obscenity and Profanity' }

/** Cues count together if they are within this many neighbouring segments. */
const WINDOW = 3
/** Two strong cues reach this, or one with a strong similarity, or one with two weak ones. */
const MIN_LOCAL = 1.75
/** Ordinary talks stay below this similarity. Violent talks exceed it in several segments. */
const STRONG_SIMILARITY = 0.4
const SIMILARITY_WEIGHT = 0.6

/** Joins title, description and the content segments into one text, so that contexts and figures of speech are seen across them. */
function placesOf(reading: Reading): { text: string; places: Place[] } {
  const places: Place[] = []
  let text = ''
  const add = (piece: string, ref: EvidenceRef): void => {
    if (piece.trim() === '') return
    places.push({ start: text.length, end: text.length + piece.length, ref })
    text += `${piece}\n`
  }
  add(reading.title, { source: 'title', segment: null })
  add(reading.description, { source: 'description', segment: null })
  for (const { start, end, index, role } of reading.segments)
    if (role === 'content' || role === 'unknown')
      add(reading.text.slice(start, end), { source: 'transcript', segment: index })
  return { text, places }
}

function hateSigns(text: string, places: readonly Place[]): Sign[] {
  return places.flatMap(({ start, end }) =>
    hateIn(text, sentencesIn(text, start, end)).map((hit) => ({
      ...hit,
      cue: `hate ${hit.start}`,
      // One sentence of contempt is enough for a label. One slur by itself is not.
      weight: hit.weight * 2.25,
      quotable: false,
    })),
  )
}

function profaneSigns(text: string): Sign[] {
  return profanityIn(text).map(({ strength, start, end }) => ({
    cue: `${strength} ${start}`,
    weight: strength === 'strong' ? 0.7 : 0.1,
    start,
    end,
    quotable: false,
  }))
}

function inPlaces(signs: readonly Sign[], places: readonly Place[]): Sign[][] {
  const lists: Sign[][] = places.map(() => [])
  let at = 0
  for (const sign of signs) {
    while (at < places.length - 1 && sign.start >= (places[at]?.end ?? 0)) at++
    lists[at]?.push(sign)
  }
  return lists
}

/**
 * Adds up the cues. The first occurrence of a cue counts in full. The second and the third count a fifth each, and further ones nothing.
 */
function evidenceIn(signs: readonly Sign[]): number {
  const seen = new Map<string, number>()
  return signs.reduce((sum, { cue, weight }) => {
    const count = seen.get(cue) ?? 0
    seen.set(cue, count + 1)
    return sum + (count === 0 ? weight : count <= 2 ? weight / 5 : 0)
  }, 0)
}

function prevalenceOf(share: number, count: number): Prevalence {
  if (share >= 0.3 && count >= 2) return 'dominant'
  return share >= 0.1 || count >= 6 ? 'recurring' : 'passing'
}

function refFor(place: Place, signs: readonly Sign[], text: string): EvidenceRef {
  const best = [...signs].sort((a, b) => b.weight - a.weight || a.start - b.start)[0]
  if (best === undefined || !best.quotable) return place.ref
  const sentence = sentencesIn(text, place.start, place.end).find(
    ({ start, end }) => best.start >= start && best.end <= end,
  )
  const quote = sentence === undefined ? '' : text.slice(sentence.start, sentence.end)
  return quote === '' || quote.length > 600 ? place.ref : { ...place.ref, quote }
}

function judge(
  signs: readonly Sign[],
  text: string,
  places: readonly Place[],
  similarity: (place: Place) => number,
): Pick<SuitabilityCandidate, 'score' | 'prevalence' | 'evidence'> | null {
  const lists = inPlaces(signs, places)
  const bonus = places.map((place, i) =>
    (lists[i]?.length ?? 0) > 0 && similarity(place) >= STRONG_SIMILARITY ? SIMILARITY_WEIGHT : 0,
  )
  const local = places.map(
    (_, i) => evidenceIn(lists.slice(i, i + WINDOW).flat()) + Math.max(0, ...bonus.slice(i, i + WINDOW)),
  )
  const most = Math.max(0, ...local)
  if (most < MIN_LOCAL) return null
  const touched = lists.map((list, i) => ({ place: i, weight: evidenceIn(list) })).filter(({ weight }) => weight >= 0.4)
  const strongest = [...touched].sort((a, b) => b.weight - a.weight || a.place - b.place).slice(0, 4)
  const share = touched.length / Math.max(1, places.length)
  return {
    // 0.54 for the least that counts, 0.63 for two and a half cues together. It is higher if the theme goes through the item.
    score: round(1 - Math.exp(-0.4 * most - 0.5 * Math.min(1, share * 3) - 0.02 * Math.min(10, touched.length))),
    prevalence: prevalenceOf(share, touched.length),
    evidence: strongest.flatMap(({ place: i }) => {
      const place = places[i]
      return place === undefined ? [] : [refFor(place, lists[i] ?? [], text)]
    }),
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000

/**
 * The brand-suitability categories (GARM) that the words of an item support, best first. Several independent cues must stand close
 * together, outside figures of speech and harmless contexts. So a harmless talk gives none. The cue lists are English. An item in another
 * language gives none, which does not mean that it is suitable.
 */
export function suitabilityCandidates(reading: Reading, options: SuitabilityOptions = {}): SuitabilityCandidate[] {
  const { text, places } = placesOf(reading)
  if (places.length === 0) return []
  const cueText = prepareCueText(text)
  const closeness = categorySimilarity(reading, options.garm)
  const speech = measureSpeech(reading)
  const treatment = treatmentOf(reading, speech, measureFormat(reading, speech)[0]?.value)
  const cueSigns = (index: CueIndex): Sign[] => findCues(cueText, index).map((hit) => ({ ...hit, quotable: true }))
  const found = [
    ...INDEXES.map(({ category, name, index }) => ({ category, name, signs: cueSigns(index) })),
    { ...HATE, signs: hateSigns(text, places) },
    { ...PROFANITY, signs: profaneSigns(text) },
  ]
  return found
    .flatMap(({ category, name, signs }) => {
      const similarity = ({ ref }: Place): number => (ref.segment === null ? 0 : closeness(ref.segment, category))
      const judged = judge(signs, text, places, similarity)
      return judged === null ? [] : [{ category, name, treatment: treatmentIn(category, treatment), ...judged }]
    })
    .sort((a, b) => b.score - a.score || (a.category < b.category ? -1 : 1))
}
