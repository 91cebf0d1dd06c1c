import type { Difference } from '../../ledger/compare-json.ts'
import type { DifferentTexts, ReportedDifference } from '../replay-report.ts'

/** The bounds of what a report shows of one divergence. They keep reports of thousands of recordings readable and small. */
const MOST_DIFFERENCES = 40
const VALUE_CHARS = 400
const TEXT_CHARS = 12_000
/** How much is kept of what two texts have in common before they differ. */
const CONTEXT_CHARS = 1_000

export interface Bounded {
  differences: ReportedDifference[]
  more: number
  texts: DifferentTexts | null
}

/** The first differences, with their values cut around the place where they differ, and the texts of the first long one. */
export function boundDifferences(differences: readonly Difference[]): Bounded {
  return {
    differences: differences.slice(0, MOST_DIFFERENCES).map(reportedDifference),
    more: Math.max(0, differences.length - MOST_DIFFERENCES),
    texts: textsOf(differences),
  }
}

export function reportedDifference({ pointer, was, is }: Difference): ReportedDifference {
  const [before, now] = cutPair(shortJson(was), shortJson(is), VALUE_CHARS, VALUE_CHARS / 4)
  return {
    pointer,
    ...(was === undefined ? {} : { was: before }),
    ...(is === undefined ? {} : { is: now }),
  }
}

/** Small values stay as they are. Others become text that can be cut. */
function shortJson(value: unknown): ReportedDifference['was'] {
  if (value === undefined) return null
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value
  const json = JSON.stringify(value)
  return json.length <= VALUE_CHARS ? JSON.parse(json) : json
}

/** The two sides as texts for a comparison by lines. Null if neither is longer than a value may be. */
function textsOf(differences: readonly Difference[]): DifferentTexts | null {
  const found = differences.find(({ was, is }) => isText(was) || isText(is)) ?? differences.find(isLarge)
  if (found === undefined) return null
  const [before, now] = [textOf(found.was), textOf(found.is)]
  const [was, is] = cutPair(before, now, TEXT_CHARS, CONTEXT_CHARS)
  return { pointer: found.pointer, was: String(was), is: String(is), cut: was !== before || is !== now }
}

const isText = (value: unknown): boolean =>
  typeof value === 'string' && (value.includes('\n') || value.length > VALUE_CHARS / 4)

const isLarge = ({ was, is }: Difference): boolean =>
  [was, is].some((side) => typeof side === 'object' && side !== null)

function textOf(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** Both sides cut to a length. They begin shortly before the first character that differs. */
function cutPair<Value>(was: Value, is: Value, most: number, context: number): [Value | string, Value | string] {
  if (typeof was !== 'string' || typeof is !== 'string') return [cut(was, 0, most), cut(is, 0, most)]
  if (was.length <= most && is.length <= most) return [was, is]
  let same = 0
  while (same < was.length && same < is.length && was[same] === is[same]) same++
  const from = Math.max(0, same - context)
  return [cut(was, from, most), cut(is, from, most)]
}

function cut<Value>(value: Value, from: number, most: number): Value | string {
  if (typeof value !== 'string' || (from === 0 && value.length <= most)) return value
  const end = from + most
  return `${from > 0 ? '…' : ''}${value.slice(from, end)}${end < value.length ? '…' : ''}`.toWellFormed()
}
