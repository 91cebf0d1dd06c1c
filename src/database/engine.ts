import type { PGlite } from '@electric-sql/pglite'
import { createWorkerPool, workerEntry } from '../models/worker-pool.ts'

/** What the engine's thread is asked for: one at a time, in order. */
export type EngineJob = { do: 'open'; dataDir: string | null } | { do: 'exchange'; bytes: Uint8Array } | { do: 'close' }

/** A message of Postgres' protocol, as plain fields. */
export type EngineMessage = { name: string } & Record<string, unknown>

/** The engine on a thread of its own, as node-postgres' adapter uses it. */
export interface Engine {
  readonly waitReady: Promise<void>
  execProtocolStream(message: Uint8Array): Promise<EngineMessage[]>
  close(): Promise<void>
}

/** Protocol messages that the backend answers only with what follows them: parse, bind, describe, execute, close. */
const GATHERED = new Set([...'PBDEC'].map((code) => code.charCodeAt(0)))

/**
 * Opens PGlite on a worker thread, so that no statement, however slow, stalls the event loop. The messages of one statement
 * are gathered and cross the thread together.
 */
export async function openEngine(dataDir: string | null): Promise<Engine> {
  const pool = createWorkerPool<EngineJob, EngineMessage[]>(workerEntry('engine-worker', import.meta.url), {
    size: 1,
    name: 'database',
  })
  const lane = {}
  try {
    await pool.run({ do: 'open', dataDir }, { lane })
  } catch (error) {
    await pool.close()
    throw error
  }
  let gathered: Uint8Array[] = []
  return {
    waitReady: Promise.resolve(),
    async execProtocolStream(message) {
      gathered.push(message)
      if (GATHERED.has(message[0] ?? 0)) return []
      const bytes = Buffer.concat(gathered)
      gathered = []
      return pool.run({ do: 'exchange', bytes }, { lane })
    },
    async close() {
      await pool.run({ do: 'close' }, { lane })
      await pool.close()
    },
  }
}

/** The adapter is typed for PGlite itself and uses these two members of it. */
export function asPGlite(engine: Engine): PGlite {
  return engine as unknown as PGlite
}
