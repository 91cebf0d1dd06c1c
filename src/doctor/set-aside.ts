import type { Service } from '../compose.ts'

type SetAside = Awaited<ReturnType<Service['similarity']['setAside']>>

/** Changes that are named; of the others only the number is said. */
export const SHOWN = 3

export const AGAIN = 'mend the cause, then start `linernotes serve` again: it tries them once more'

/** Which changes the similarity index did not take, and why; null where there are none. */
export function setAsideText({ total, entries }: SetAside): string | null {
  if (total === 0) return null
  const changes = total === 1 ? '1 change that it does not take is' : `${total} changes that it does not take are`
  const named = entries.slice(0, SHOWN).map(({ itemId, reason }) => `item ${JSON.stringify(itemId)}: ${reason}`)
  const more = total > named.length ? [`and ${total - named.length} more`] : []
  return `${changes} set aside: ${[...named, ...more].join('; ')}`
}
