import type { EvidenceRef } from '../../content/evidence/evidence-ref.ts'
import { IAB_CONTENT, type Taxonomy } from '../../taxonomy/taxonomy.ts'
import type { TopicCandidate } from '../candidates.ts'
import { TOPICS_OF_KIND } from '../data/topic-words.ts'
import { ownWords } from '../reading/description-text.ts'
import type { Reading } from '../reading/reading.ts'
import { contentStems } from '../reading/reading-words.ts'
import { findSupportIn } from './topic-evidence.ts'
import { hasNeededWords, topicLexicon } from './topic-lexicon.ts'
import type { Part } from './topic-part.ts'

export type TopicTaxonomy = Pick<Taxonomy, 'id' | 'space' | 'nodes' | 'path' | 'scoreAll'>

export interface TopicOptions {
  /** The largest number of candidates for one taxonomy. */
  limit?: number
}

/** What was measured for one node. */
interface Measure {
  /** How far the node stands out among all nodes, in standard deviations. The mean over the parts. */
  meaning: number
  /** The share of the parts in which the node is among the five nearest. */
  coverage: number
  /** 0..1, by the words that support the node. */
  lexical: number
  /** How many different words support it. */
  words: number
}

/** What the vectors say about one node. `best` is how far it stands out in each part. */
type Meaning = Pick<Measure, 'meaning' | 'coverage'> & { best: number[] }

/** Brand suitability has an agent of its own. Genres are recognised by format more than by subject, except these. */
const NOT_OFFERED: Readonly<Record<string, (path: readonly string[]) => boolean>> = {
  'iab-content-3.1': ([root, second]) =>
    root === 'Sensitive Topics' ||
    (root === 'Genres' && !['True Crime', 'History', 'Family/Children', 'Fantasy', 'Nature'].includes(second ?? '')),
}

const INHERITED = 0.75
/** A node that the vectors place among the three nearest is more likely by this factor. */
const AGREEMENT = 1.15
/**
 * An item is hardly about a subject unless one sentence in this many parts has more than one of its words. Four such sentences are always
 * enough.
 */
const PARTS_A_SENTENCE = 15
const MOST_SENTENCES = 4
const FEW_SENTENCES_FACTOR = 0.6
const METADATA_SHARE = 0.2
const NEAREST = 5
const MIN_NEAREST_SCORE = 0.2
/** Counts in shorter texts are rated as if the text had this many words. */
const SHORT_TEXT = 400

export function topicParts(reading: Reading): Part[] {
  const content = reading.segments.filter(({ role }) => role === 'content' || role === 'unknown')
  const weight = content.length === 0 ? 1 : Math.max(1, content.length * METADATA_SHARE * 0.5)
  const part = (ref: EvidenceRef, text: string, vector: readonly number[] | null, w: number): Part[] =>
    text.trim() === '' ? [] : [{ ref, text, stems: contentStems(text), vector, weight: w }]
  return [
    ...part({ source: 'title', segment: null }, reading.title, reading.titleVector, weight),
    ...part({ source: 'description', segment: null }, ownWords(reading.description), reading.descriptionVector, weight),
    ...content.flatMap(({ index, start, end }) =>
      part({ source: 'transcript', segment: index }, reading.text.slice(start, end), reading.vectors[index] ?? null, 1),
    ),
  ]
}

function measureMeaning(parts: readonly Part[], taxonomy: TopicTaxonomy): Map<string, Meaning> {
  const withVector = parts.flatMap((part, at) =>
    part.vector === null ? [] : [{ at, weight: part.weight, vector: part.vector }],
  )
  const found = new Map<string, Meaning>()
  if (withVector.length === 0) return found
  const { nodes, rows } = taxonomy.scoreAll(
    withVector.map(({ vector }) => vector),
    { space: taxonomy.space, tiers: [1, 2, 3, 4] },
  )
  const total = withVector.reduce((sum, { weight }) => sum + weight, 0)
  const measures = nodes.map(() => ({ meaning: 0, coverage: 0, best: parts.map(() => 0) }))
  rows.forEach((row, i) => {
    const { at, weight } = withVector[i] ?? { at: 0, weight: 0 }
    const mean = row.reduce((sum, score) => sum + score, 0) / Math.max(1, row.length)
    const deviation = Math.sqrt(row.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, row.length)) || 1
    const floor = Math.max(MIN_NEAREST_SCORE, row.toSorted().at(-NEAREST) ?? 1)
    measures.forEach((measure, column) => {
      const score = row[column] ?? 0
      measure.meaning += ((score - mean) / deviation) * (weight / total)
      measure.best[at] = (score - mean) / deviation
      if (score >= floor) measure.coverage += weight / total
    })
  })
  nodes.forEach((node, column) => {
    const measure = measures[column]
    if (measure !== undefined) found.set(node.id, measure)
  })
  return found
}

function measureWords(
  parts: readonly Part[],
  taxonomy: TopicTaxonomy,
): Map<string, Pick<Measure, 'lexical' | 'words'>> {
  const lexicon = topicLexicon(taxonomy.id)
  const counts = new Map<string, number>()
  let total = 0
  for (const { stems, weight } of parts) {
    for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + weight)
    total += stems.length * weight
  }
  const sums = new Map<string, { sum: number; words: number }>()
  for (const [stem, count] of counts)
    for (const [node, weight] of lexicon.weights(stem)) {
      // A word has half of its effect at one occurrence in about 700 content words.
      const effect = weight * (1 - Math.exp((-0.5 * count * 1000) / Math.max(SHORT_TEXT, total)))
      const before = sums.get(node) ?? { sum: 0, words: 0 }
      sums.set(node, { sum: before.sum + effect, words: before.words + (effect >= 0.15 ? 1 : 0) })
    }
  return new Map([...sums].map(([node, { sum, words }]) => [node, { lexical: 1 - Math.exp(-0.4 * sum), words }]))
}

const ramp = (value: number, low: number, high: number): number =>
  Math.min(1, Math.max(0, (value - low) / (high - low)))
const round = (value: number): number => Math.round(value * 1000) / 1000

/**
 * The score, 0..1. Meaning and words must agree, because each alone is often wrong: vectors are misled by the manner of speaking, and words
 * by their other senses. From about 0.5 on, a reader begins to agree with the label.
 */
function combine({ meaning, coverage, lexical, words }: Measure, hasVectors: boolean, stems: number): number {
  // An item of some length needs three different words. In a few sentences, one or two are enough.
  const told = lexical * ramp(words, 0, Math.min(3, Math.max(1.2, stems / 40)))
  if (!hasVectors) return 0.85 * told
  const meant = 0.75 * ramp(meaning, 0.5, 3) + 0.25 * ramp(coverage, 0, 0.4)
  return Math.sqrt(meant * told) * 0.7 + 0.3 * Math.min(meant, told)
}

/** The vectors of deeper nodes are made of names only. So these nodes share in the meaning of their parents, and their words decide. */
function withParents(meanings: ReadonlyMap<string, Meaning>, taxonomy: TopicTaxonomy): Map<string, Meaning> {
  const found = new Map(meanings)
  for (const { id, parent, tier } of taxonomy.nodes) {
    const above = parent === null ? undefined : found.get(parent)
    const own = found.get(id)
    if (tier < 3 || above === undefined || own === undefined) continue
    found.set(id, {
      meaning: Math.max(own.meaning, INHERITED * above.meaning),
      coverage: Math.max(own.coverage, INHERITED * above.coverage),
      best: own.best.map((deviation, at) => Math.max(deviation, INHERITED * (above.best[at] ?? 0))),
    })
  }
  return found
}

const topicsOfKind = ({ kind }: Reading, { id }: TopicTaxonomy): Readonly<Record<string, number>> | undefined =>
  id === IAB_CONTENT ? TOPICS_OF_KIND[kind] : undefined

function scoreNodes(reading: Reading, parts: readonly Part[], taxonomy: TopicTaxonomy) {
  const meanings = withParents(measureMeaning(parts, taxonomy), taxonomy)
  const lexical = measureWords(parts, taxonomy)
  const counts = new Map<string, number>()
  for (const { stems } of parts) for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  const total = parts.reduce((sum, { stems }) => sum + stems.length, 0)
  const isOut = NOT_OFFERED[taxonomy.id] ?? (() => false)
  const nearest =
    [...meanings.values()].map(({ meaning }) => meaning).sort((a, b) => b - a)[2] ?? Number.POSITIVE_INFINITY
  const ofKind = topicsOfKind(reading, taxonomy)
  const scored = taxonomy.nodes.flatMap((node) => {
    const lineage = taxonomy.path(node.id).map(({ id }) => id)
    if (isOut(node.path) || !hasNeededWords(lineage, counts, total)) return []
    const meaning = meanings.get(node.id)
    const measure = {
      meaning: meaning?.meaning ?? 0,
      coverage: meaning?.coverage ?? 0,
      ...(lexical.get(node.id) ?? { lexical: 0, words: 0 }),
    }
    const agreed = measure.meaning >= nearest ? AGREEMENT : 1
    const score = Math.max(
      Math.min(1, agreed * combine(measure, meanings.size > 0, counts.size)),
      ofKind?.[node.id] ?? 0,
    )
    return [{ node, measure, best: meaning?.best ?? parts.map(() => 0), score }]
  })
  // What supports a child also supports its parent, a little less.
  const byId = new Map(scored.map((entry) => [entry.node.id, entry]))
  for (const entry of [...scored].sort((a, b) => b.node.tier - a.node.tier)) {
    const parent = entry.node.parent === null ? undefined : byId.get(entry.node.parent)
    if (parent !== undefined && parent.score < 0.9 * entry.score) {
      parent.score = 0.9 * entry.score
      if (parent.measure.coverage < entry.measure.coverage) {
        parent.measure.coverage = entry.measure.coverage
        parent.best = entry.best
      }
    }
  }
  return scored.sort((a, b) => b.score - a.score || (a.node.id < b.node.id ? -1 : 1))
}

/**
 * The nodes that an item may be about, best first, with the parts that support them. Sentence vectors, the words of names and phrases,
 * title and description, and the hierarchy are measured on the content (ads, intros and outros are left out). Without a transcript, only
 * title and description are measured. Without vectors, the words decide.
 */
export function topicCandidates(
  reading: Reading,
  taxonomies: readonly TopicTaxonomy[],
  options: TopicOptions = {},
): TopicCandidate[] {
  const parts = topicParts(reading)
  if (parts.length === 0) return []
  return taxonomies
    .flatMap((taxonomy) => {
      const usable = parts.map((part) => (reading.space === taxonomy.space ? part : { ...part, vector: null }))
      const ofKind = topicsOfKind(reading, taxonomy)
      const ranked = scoreNodes(reading, usable, taxonomy).filter(({ score }) => score >= 0.1)
      const ancestry = new Map(ranked.map(({ node }) => [node.id, new Set(taxonomy.path(node.id).map(({ id }) => id))]))
      const isBelow = (a: string, b: string): boolean => a !== b && ancestry.get(a)?.has(b) === true
      const related = (a: string, b: string): boolean => a === b || isBelow(a, b) || isBelow(b, a)
      const supportOf = findSupportIn(parts, topicLexicon(taxonomy.id))
      return ranked.slice(0, options.limit ?? 24).map(({ node, score, measure, best }): TopicCandidate => {
        const rival = ranked.find((other) => !related(node.id, other.node.id))
        const below = new Set(ranked.flatMap((other) => (isBelow(other.node.id, node.id) ? [other.node.id] : [])))
        const { evidence, strong } = supportOf(node.id, best, below)
        const wanted = Math.min(MOST_SENTENCES, Math.floor(parts.length / PARTS_A_SENTENCE))
        const held = strong >= wanted || score === ofKind?.[node.id] ? score : FEW_SENTENCES_FACTOR * score
        return {
          taxonomy: taxonomy.id,
          id: node.id,
          name: node.name,
          path: node.path,
          score: round(held),
          margin: round(held - (rival?.score ?? 0)),
          coverage: round(Math.min(1, measure.coverage)),
          evidence,
        }
      })
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}
