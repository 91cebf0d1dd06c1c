import { TAXONOMY_IDS } from './taxonomy-tables.ts'

/** The caller named a taxonomy that does not exist. */
export class UnknownTaxonomy extends Error {
  override readonly name = 'UnknownTaxonomy'
  readonly taxonomy: string
  readonly known: readonly string[] = TAXONOMY_IDS

  constructor(taxonomy: string) {
    super(`unknown taxonomy "${taxonomy}"; known are ${TAXONOMY_IDS.join(', ')}`)
    this.taxonomy = taxonomy
  }
}

/** The caller named a node that its taxonomy does not have. */
export class UnknownNode extends Error {
  override readonly name = 'UnknownNode'
  readonly taxonomy: string
  readonly id: string

  constructor(taxonomy: string, id: string) {
    super(`${taxonomy} has no node "${id}"; look it up by name or by meaning first`)
    this.taxonomy = taxonomy
    this.id = id
  }
}

/** The caller compared a vector with phrase vectors of another space. */
export class VectorSpaceMismatch extends Error {
  override readonly name = 'VectorSpaceMismatch'
  readonly expected: string
  readonly offered: string

  constructor(expected: string, offered: string) {
    const otherVersion = expected.split('@')[0] === offered.split('@')[0]
    super(
      `the taxonomy's vectors are of space ${expected}, the vector offered is of ${offered}; ${
        otherVersion
          ? 'run: npx tsx scripts/taxonomy-vectors.ts'
          : 'embed with that of the taxonomy, or look nodes up by name'
      }`,
    )
    this.expected = expected
    this.offered = offered
  }
}

/** The shipped vectors do not match the phrases or the embedder of this version of the product. */
export class StaleTaxonomyVectors extends Error {
  override readonly name = 'StaleTaxonomyVectors'

  constructor(why: string) {
    super(`the taxonomy's vectors are stale: ${why}; run: npx tsx scripts/taxonomy-vectors.ts`)
  }
}
