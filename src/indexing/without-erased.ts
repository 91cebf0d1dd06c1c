import type { OutboxRepository } from '../database/repositories.ts'
import type { SimilarityIndex } from '../similarity/similarity-index.ts'

/** The consumer of the outbox that fills what an index's holder names: each has a place of its own there. */
export const consumerOf = (holder: string) => `similarity ${holder}`

/**
 * An index as it may be served from. Items may have been erased while another engine was in use, or another model: until that has
 * reached this one, what it still holds of them is never found.
 */
export function servedIndex(index: SimilarityIndex, outbox: Pick<OutboxRepository, 'erasedItems'>): SimilarityIndex {
  return {
    ...index,
    async nearest({ filter, ...query }) {
      const holder = await index.holder(query.space)
      if (holder === null) return []
      const erased = await outbox.erasedItems(consumerOf(holder))
      const excludeItems = [...(filter?.excludeItems ?? []), ...erased]
      return index.nearest({ ...query, filter: { ...filter, excludeItems } })
    },
  }
}
