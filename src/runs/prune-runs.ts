import type { Pruned, PruneLimits, Repositories } from '../database/repositories.ts'

export interface PruneDeps {
  repositories: Pick<Repositories, 'prune'>
  /** Gives the space of deleted rows back, quickly or completely. */
  database: { reclaim(): Promise<void>; compact(): Promise<void> }
}

/** What may be deleted, and whether the database's files are rewritten afterwards. */
export interface PruneOptions extends PruneLimits {
  compact?: boolean
}

/** Deletes runs by age and number, and gives their space back. Without a limit no run is deleted. */
export async function pruneRuns(
  { compact = false, ...limits }: PruneOptions,
  { repositories, database }: PruneDeps,
): Promise<Pruned & { dryRun: boolean; compacted: boolean }> {
  const { endedBefore, keepPerItem, dryRun = false } = limits
  const unlimited = endedBefore === undefined && keepPerItem === undefined
  const pruned = unlimited
    ? { runs: 0, chunks: 0, blobs: 0, bytes: 0 }
    : await repositories.prune({ ...limits, dryRun })
  const compacted = compact && !dryRun
  if (compacted) await database.compact()
  else if (pruned.runs > 0 && !dryRun) await database.reclaim()
  return { ...pruned, dryRun, compacted }
}
