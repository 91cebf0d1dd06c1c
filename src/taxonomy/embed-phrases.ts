import { distinctTexts, hashPhrases, readPhrases } from './node-phrases.ts'
import { type PhraseVectors, packVectors } from './phrase-vectors.ts'
import { readTrees } from './shipped-trees.ts'

/** What is needed of an embedder here. */
export interface PhraseEmbedder {
  /** Id and version. */
  readonly space: string
  readonly dimension: number
  embed(texts: readonly string[], options?: { signal?: AbortSignal }): Promise<readonly (readonly number[])[]>
}

/**
 * The vectors of all describing phrases in an embedder's space, for `loadTaxonomies({ vectors })`. Needed only where
 * another embedder is used than the one whose vectors are shipped; some 2,100 short texts.
 */
export async function embedTaxonomyPhrases(
  embedder: PhraseEmbedder,
  options: { signal?: AbortSignal } = {},
): Promise<PhraseVectors> {
  const phrases = readPhrases(readTrees())
  const vectors = await embedder.embed(distinctTexts(phrases), options)
  return packVectors(vectors, { space: embedder.space, dimension: embedder.dimension, phrases: hashPhrases(phrases) })
}
