import type { Ports } from '../../graphs/context.ts'
import type { SimilarityIndex } from '../similarity/similarity-index.ts'

/** The candidate set of one run: nearby items with their published topics, as the index holds them. */
export function createNeighbours({ index, self }: { index: SimilarityIndex; self: string }): Ports['neighbours'] {
  return async ({ space, vector, limit }) => {
    const near = await index.nearest({
      space,
      vector,
      limit,
      level: 'item',
      filter: { excludeItems: [self] },
      withVectors: true,
    })
    return {
      unavailable: null,
      space,
      items: near.map(({ itemId, score, payload, vector: found }) => ({
        itemId,
        score,
        topics: payload.topics,
        vector: found,
        textHash: payload.textHash,
      })),
    }
  }
}
