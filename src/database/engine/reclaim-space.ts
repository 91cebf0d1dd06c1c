import type { Query } from './guarded-pool.ts'

/**
 * Makes the room of deleted rows free for new ones. The embedded engine has no autovacuum, so it is done by whoever deleted.
 */
export async function reclaim(query: Query): Promise<void> {
  await query('vacuum items, texts, understandings, labels, facets, runs, chunks, blobs')
}

/**
 * Writes all tables anew and drops the log that was written so far: afterwards no file of the database holds what was deleted, and the
 * disk has its room back. Takes as much room again while it works, and nothing else is answered meanwhile.
 */
export async function compact(query: Query): Promise<void> {
  await query('vacuum full')
  // A used file of the log is renamed for later use, with what stands in it: here it is to be deleted instead.
  await query('set wal_recycle = off')
  try {
    // The log is needed from the last checkpoint on: the first moves that behind the tables, the second drops what is before it.
    for (let round = 0; round < 2; round++) {
      await query('select pg_switch_wal()')
      await query('checkpoint')
    }
  } finally {
    await query('reset wal_recycle')
  }
}
