import type { Embedder } from '../models/embedder.ts'
import { type PhraseVectors, packVectors } from './phrase-vectors.ts'
import { distinctTexts, hashPhrases, readPhrases } from './phrases.ts'
import { readTrees } from './trees.ts'

/**
 * The vectors of all describing phrases in an embedder's space, for `loadTaxonomies({ vectors })`. Needed only where
 * another embedder is used than the one whose vectors are shipped; some 1,700 short texts.
 */
export async function embedTaxonomyPhrases(
  embedder: Embedder,
  options: { signal?: AbortSignal } = {},
): Promise<PhraseVectors> {
  const phrases = readPhrases(readTrees())
  const vectors = await embedder.embed(distinctTexts(phrases), options)
  return packVectors(vectors, { space: embedder.space, dimension: embedder.dimension, phrases: hashPhrases(phrases) })
}
