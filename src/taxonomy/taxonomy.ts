import { type Sha256, sha256 } from '../content/text/hash.ts'
import { createScorer, type Scorer } from './nearest-nodes.ts'
import { hashPhrases, type Phrase, readPhrases } from './node-phrases.ts'
import { centrePhrases, type PhraseMatrix } from './phrase-matrix.ts'
import { readTrees } from './shipped-trees.ts'
import { UnknownTaxonomy } from './taxonomy-errors.ts'
import { TAXONOMY_IDS, type TaxonomyId } from './taxonomy-tables.ts'
import type { TaxonomyTree } from './taxonomy-tree.ts'
import { readShippedVectors } from './vector-file.ts'

export const IAB_CONTENT = 'iab-content-3.1' satisfies TaxonomyId
export const GARM = 'garm' satisfies TaxonomyId

/** A taxonomy: its tree, with look-up by meaning. */
export interface Taxonomy extends TaxonomyTree, Scorer {
  /** The vector space that {@link Scorer.nearest} and {@link Scorer.scoreAll} require. */
  readonly space: string
}

export interface Taxonomies {
  /** Changes whenever the result of a look-up could change: with tables, phrases, vector space or scoring. */
  readonly version: Sha256
  readonly ids: readonly TaxonomyId[]
  /** @throws {UnknownTaxonomy} naming the known ones. */
  get(id: string): Taxonomy
}

/** Increase this with every change of the scoring of nodes. */
const SCORING = 1

let shipped: Taxonomies | undefined

/**
 * The taxonomies: IAB Content 3.1, Apple's podcast categories, GARM's brand-suitability categories.
 *
 * The first call reads the trees and keeps them. The first look-up by meaning reads the phrases and vectors.
 * The vectors come from the embedder that ships with the product.
 * @throws {StaleTaxonomyVectors} on the first look-up by meaning, if the vectors were computed from other phrases.
 */
export function loadTaxonomies(): Taxonomies {
  shipped ??= build()
  return shipped
}

function build(): Taxonomies {
  const trees = readTrees()
  const meaning = lazily(() => readMeaning(trees))
  const taxonomies: Readonly<Record<TaxonomyId, Taxonomy>> = {
    'iab-content-3.1': withMeaning(trees['iab-content-3.1'], meaning),
    'apple-podcasts': withMeaning(trees['apple-podcasts'], meaning),
    garm: withMeaning(trees.garm, meaning),
  }
  const version = lazily(() => {
    const rows = TAXONOMY_IDS.flatMap((id) => trees[id].nodes.map((node) => [id, node.id, node.parent, node.name]))
    return sha256(JSON.stringify([SCORING, meaning().matrix.space, meaning().phrases, rows]))
  })
  return {
    ids: TAXONOMY_IDS,
    get version() {
      return version()
    },
    get(id) {
      if (!isTaxonomyId(id)) throw new UnknownTaxonomy(id)
      return taxonomies[id]
    },
  }
}

interface Meaning {
  phrases: readonly Phrase[]
  matrix: PhraseMatrix
}

function readMeaning(trees: Readonly<Record<TaxonomyId, TaxonomyTree>>): Meaning {
  const phrases = readPhrases(trees)
  const hash = hashPhrases(phrases)
  // Bare names do not count for the centre: they are much shorter than speech, so their vectors lie elsewhere.
  const isBackground = ({ taxonomy, node }: Phrase) =>
    taxonomy === IAB_CONTENT && (trees[taxonomy].get(node)?.tier ?? 9) <= 2
  return { phrases, matrix: centrePhrases(readShippedVectors(hash), phrases, isBackground) }
}

function withMeaning(tree: TaxonomyTree, meaning: () => Meaning): Taxonomy {
  const scorer = lazily(() => {
    const { phrases, matrix } = meaning()
    const own = phrases.filter(({ taxonomy }) => taxonomy === tree.id)
    return createScorer(tree, own, matrix)
  })
  return {
    ...tree,
    get space() {
      return meaning().matrix.space
    },
    nearest: (vector, options) => scorer().nearest(vector, options),
    scoreAll: (vectors, selection) => scorer().scoreAll(vectors, selection),
  }
}

function isTaxonomyId(id: string): id is TaxonomyId {
  return TAXONOMY_IDS.some((known) => known === id)
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
