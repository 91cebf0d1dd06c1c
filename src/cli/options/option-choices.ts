import type { DecisionAction } from '../../content/decision-action.ts'
import type { ItemKind } from '../../content/item.ts'
import type { Effort } from '../../content/understanding-schema.ts'
import type { ReviewStatus, RunStatus } from '../../database/records.ts'

// The words that options take. Types alone are imported, so that `--help` loads no schemas; the compiler sees that none is missing.

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
