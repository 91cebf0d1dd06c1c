import type { Sha256 } from '../../content/text/hash.ts'
import { isVolatile } from '../../trace/compare-outcome.ts'

/**
 * Whether a value of today is the recorded one, apart from what differs between any two executions. This holds for most steps of most
 * replays. The check is quick. It returns true only if that is certain. After false, only a full comparison can tell.
 * @param was parsed canonical JSON, with long strings lifted out of it
 * @param is a value of today that has not been written yet
 */
export function sameOutcome(was: unknown, is: unknown, blob: (hash: Sha256) => string | undefined): boolean {
  if (typeof is === 'string') return was === is || isLifted(was, is, blob)
  if (typeof is !== 'object' || is === null) return Object.is(was, is)
  if (typeof was !== 'object' || was === null || Array.isArray(was) !== Array.isArray(is)) return false
  if (Array.isArray(was) && Array.isArray(is)) {
    return was.length === is.length && was.every((entry, at) => sameOutcome(entry, is[at], blob))
  }
  let left = countOf(was)
  const before = new Map<string, unknown>(Object.entries(was))
  for (const [key, value] of Object.entries(is)) {
    if (value === undefined || isVolatile(key)) continue
    if (!before.has(key) || !sameOutcome(before.get(key), value, blob)) return false
    left--
  }
  return left === 0
}

function countOf(value: object): number {
  let count = 0
  for (const key of Object.keys(value)) if (!isVolatile(key)) count++
  return count
}

function isLifted(was: unknown, is: string, blob: (hash: Sha256) => string | undefined): boolean {
  if (typeof was !== 'object' || was === null || !('$blob' in was)) return false
  const { $blob: hash } = was
  return isHash(hash) && blob(hash) === is
}

const isHash = (value: unknown): value is Sha256 => typeof value === 'string' && value.startsWith('sha256:')
