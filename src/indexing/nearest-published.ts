import type { Ports } from '../../graphs/context.ts'
import type { OutboxRepository } from '../database/repositories.ts'
import type { SimilarityIndex } from '../similarity/similarity-index.ts'
import { consumerOf } from './indexer.ts'

interface NearestPublishedDeps {
  index: Pick<SimilarityIndex, 'holder' | 'nearest'>
  outbox: Pick<OutboxRepository, 'erasedItems'>
  /** The item of the run. It is not its own neighbour. */
  self: string
}

/**
 * The candidate set of one run: near items with their published topics, as the index holds them. An item may have been erased while
 * another engine or another model was in use. Until the erasure has reached this index, the index still holds the item, but it is left out
 * here.
 */
export function createNeighbours({ index, outbox, self }: NearestPublishedDeps): Ports['neighbours'] {
  return async ({ space, vector, limit }) => {
    const holder = await index.holder(space)
    const erased = holder === null ? [] : await outbox.erasedItems(consumerOf(holder))
    const filter = { excludeItems: [self, ...erased] }
    const near = await index.nearest({ space, vector, limit, level: 'item', filter, withVectors: true })
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
