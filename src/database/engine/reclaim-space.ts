import type { Query } from './guarded-pool.ts'

/**
 * Frees the space of deleted rows for new ones. The embedded engine has no autovacuum, so whoever deletes rows calls this.
 */
export async function reclaim(query: Query): Promise<void> {
  await query('vacuum items, texts, understandings, labels, facets, runs, chunks, blobs')
}

/**
 * Writes all tables anew and drops the log that was written so far. Afterwards no file of the database holds what was deleted, and the disk has
 * its space back. While it works, it needs as much space again, and nothing else is answered.
 */
export async function compact(query: Query): Promise<void> {
  await query('vacuum full')
  // By default a used file of the log is renamed for later use, with its content. Here it is deleted instead.
  await query('set wal_recycle = off')
  try {
    // The log is needed from the last checkpoint on. The first round moves the checkpoint behind the tables, and the second drops what is before it.
    for (let round = 0; round < 2; round++) {
      await query('select pg_switch_wal()')
      await query('checkpoint')
    }
  } finally {
    await query('reset wal_recycle')
  }
}
