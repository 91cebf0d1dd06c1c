import type { Service } from '../service.ts'

type SetAside = Awaited<ReturnType<Service['similarity']['setAside']>>

/** The number of changes that are listed; the others are only counted. */
export const LISTED_CHANGES = 3

export const TRY_AGAIN_ADVICE = 'mend the cause, then start `linernotes serve` again: it tries them once more'

/** Lists the changes that the similarity index did not accept, with reasons; null if there are none. */
export function setAsideText({ total, entries }: SetAside): string | null {
  if (total === 0) return null
  const changes = total === 1 ? '1 change that it does not take is' : `${total} changes that it does not take are`
  const named = entries
    .slice(0, LISTED_CHANGES)
    .map(({ itemId, reason }) => `item ${JSON.stringify(itemId)}: ${reason}`)
  const more = total > named.length ? [`and ${total - named.length} more`] : []
  return `${changes} set aside: ${[...named, ...more].join('; ')}`
}
