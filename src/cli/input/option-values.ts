import { InvalidArgumentError, Option } from 'commander'
import type { DecisionAction } from '../../content/decision-action.ts'
import type { ItemKind } from '../../content/item.ts'
import type { Effort } from '../../content/understanding-schema.ts'
import type { ReviewStatus } from '../../database/records.ts'
import type { RunStatus } from '../../ledger/run-end.ts'

// The values that options accept. Only types are imported, so that `--help` loads no schemas. The compiler checks that no value is missing.

export const EFFORTS = names<Effort>({ quick: true, standard: true, thorough: true })
export const KINDS = names<ItemKind>({
  podcast_episode: true,
  talk: true,
  audiobook_chapter: true,
  song: true,
  video: true,
})
export const RUN_STATUS_NAMES = names<RunStatus>({
  queued: true,
  running: true,
  complete: true,
  partial: true,
  failed: true,
  cancelled: true,
  unchanged: true,
})
export const REVIEW_STATUS_NAMES = names<ReviewStatus>({ open: true, decided: true })
export const ACTIONS = names<DecisionAction>({ approve: true, amend: true, reject: true })

function names<Name extends string>(all: Record<Name, true>): string[] {
  return Object.keys(all)
}

/** The option `--limit` with its default and its largest value. */
export function limit(usual: number, most = 10_000): Option {
  return new Option('--limit <n>', 'at most this many').default(usual).argParser((value: string) => {
    const number = numberFromOne(value)
    if (number > most) throw new InvalidArgumentError(`at most ${most}.`)
    return number
  })
}

export function numberFromOne(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('a whole number from 1.')
  return Number(value)
}

/** Collects the values of an option that may be given several times. */
export function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value]
}
