import { type Embedder, knowsLanguage } from '../../models/embedder.ts'
import type { Analysis } from '../analysis.ts'
import { ownWords } from './description-text.ts'
import type { Reading } from './reading.ts'

/**
 * Embeds an item: its title, what the description says about it, and a digest of each segment within a budget of tokens. Without an
 * embedder for its language, the reading has no vectors.
 */
export async function readItem(
  item: Pick<Reading, 'kind' | 'language' | 'title' | 'description' | 'text' | 'segments'>,
  { embedder, analysis, signal }: { embedder: Embedder | null; analysis: Analysis; signal?: AbortSignal },
): Promise<Reading> {
  if (embedder === null || !knowsLanguage(embedder, item.language)) {
    return { ...item, vectors: item.segments.map(() => null), titleVector: null, descriptionVector: null, space: null }
  }
  const wanted = [item.title, ownWords(item.description), ...(await analysis.digests(item.text, item.segments))]
  const filled = wanted.flatMap((text, at) => (text.trim() === '' ? [] : [{ text, at }]))
  const made = await embedder.embed(
    filled.map(({ text }) => text),
    signal === undefined ? {} : { signal },
  )
  const vectors: (number[] | null)[] = wanted.map(() => null)
  filled.forEach(({ at }, n) => {
    vectors[at] = made[n] ?? null
  })
  const [titleVector = null, descriptionVector = null, ...segments] = vectors
  return { ...item, vectors: segments, titleVector, descriptionVector, space: embedder.space }
}
