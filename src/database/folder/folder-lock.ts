import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseError, explainDatabaseError } from '../database-errors.ts'
import { LOCK_FOLDER, prepareFolder } from './data-folder.ts'
import { type LockFile, type LockRecord, newestLock, rewrite, takeNumber, touch } from './lock-file.ts'
import { isAlive, thisProcess } from './lock-owner.ts'

/** The lock of a data folder that only this process may open. */
export interface FolderLock {
  readonly dataDir: string
  /** A secret that only readers of the folder know. It authorises their commands at the server of this process. */
  readonly token: string
  /** Says where the server of this process listens, so that other commands go there. Null if it does not listen any more. */
  updateLock(url: string | null): void
  /** Releases the folder. A second call does nothing. It is called when the process exits. */
  release(): void
}

export type LockResult =
  | { kind: 'owned'; lock: FolderLock }
  /** The owner is a server that takes commands. */
  | { kind: 'served'; url: string; token: string }

const POLL_MS = 50
const SIGN_OF_LIFE_MS = 5_000
/** An owner on another machine or in another container cannot be seen from here. After this long without a sign of life it counts as dead. */
const GIVEN_UP_AFTER_MS = 30_000

/**
 * Takes the folder's lock. It waits up to `waitMs` (10 s by default) for an owner that is not a server. The lock of a dead owner is taken at
 * once. The folder is created if it is not there.
 * @throws {DatabaseError} `locked` if the owner keeps it, with its pid; and what {@link prepareFolder} throws
 */
export async function acquireLock(
  dataDir: string,
  { waitMs = 10_000, signal }: { waitMs?: number; signal?: AbortSignal } = {},
): Promise<LockResult> {
  prepareFolder(dataDir)
  const folder = join(dataDir, LOCK_FOLDER)
  const until = performance.now() + waitMs
  for (;;) {
    signal?.throwIfAborted()
    const attempt = tryLock(dataDir, folder)
    if (attempt.kind !== 'held') return attempt
    if (performance.now() >= until) throw heldBy(dataDir, attempt.owner)
    await delay(POLL_MS, undefined, signal ? { signal } : {})
  }
}

function tryLock(dataDir: string, folder: string): LockResult | { kind: 'held'; owner: LockRecord | null } {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const newest = newestLock(folder, Date.now())
    if (newest !== null && !isFree(newest)) {
      const { record } = newest
      return record?.url ? { kind: 'served', url: record.url, token: record.token } : { kind: 'held', owner: record }
    }
    const number = (newest?.number ?? 0) + 1
    const record = { ...thisProcess(), url: null, token: randomBytes(32).toString('base64url'), released: false }
    if (!takeNumber(folder, number, record)) return { kind: 'held', owner: null }
    return { kind: 'owned', lock: holdLock(dataDir, folder, number, record) }
  } catch (error) {
    throw explainDatabaseError(error, dataDir)
  }
}

function isFree({ record, ageMs }: LockFile): boolean {
  if (record === null) return ageMs > SIGN_OF_LIFE_MS
  return record.released || !(isAlive(record) ?? ageMs < GIVEN_UP_AFTER_MS)
}

function holdLock(dataDir: string, folder: string, number: number, first: LockRecord): FolderLock {
  let record = first
  const write = (change: Partial<LockRecord>) => {
    record = { ...record, ...change }
    rewrite(folder, number, record)
  }
  const life = setInterval(() => {
    try {
      touch(folder, number, new Date())
    } catch {
      // The folder was removed, or its disk is gone. The next write of the database says so.
    }
  }, SIGN_OF_LIFE_MS)
  life.unref()
  const release = () => {
    if (record.released) return
    clearInterval(life)
    process.off('exit', release)
    try {
      write({ released: true, url: null })
    } catch {
      // Nothing is lost. When this process is gone, its lock counts as free.
    }
  }
  process.on('exit', release)
  return { dataDir, token: first.token, updateLock: (url) => write({ url }), release }
}

function heldBy(dataDir: string, owner: LockRecord | null): DatabaseError {
  const who = owner === null ? 'another process' : `process ${owner.pid}`
  const message = `the data folder ${dataDir} is in use by ${who}; wait until it has finished, stop it, or choose another LINERNOTES_DATA_DIR`
  return new DatabaseError('locked', message)
}
