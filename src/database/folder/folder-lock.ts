import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseError, explainDatabaseError } from '../database-errors.ts'
import { LOCK_FOLDER, prepareFolder } from './data-folder.ts'
import { type LockFile, type LockRecord, newestLock, rewrite, takeNumber, touch } from './lock-file.ts'
import { isAlive, thisProcess } from './lock-owner.ts'

/** A data folder that this process alone may open. */
export interface FolderLock {
  readonly dataDir: string
  /** A secret that only readers of the folder know: it authorises their commands at this process's server. */
  readonly token: string
  /** Says where this process's server listens (null: not any more), so that other commands go there. */
  updateLock(url: string | null): void
  /** Gives the folder free; again: nothing. Happens by itself when the process exits. */
  release(): void
}

export type LockResult =
  | { kind: 'owned'; lock: FolderLock }
  /** The owner is a server: talk to it. */
  | { kind: 'served'; url: string; token: string }

const POLL_MS = 50
const SIGN_OF_LIFE_MS = 5_000
/** An owner that cannot be seen from here (another machine or container) is given up after this long without a sign of life. */
const GIVEN_UP_AFTER_MS = 30_000

/**
 * Takes the folder's lock, waiting up to `waitMs` (default 10 s) for an owner that is no server. A dead owner's is taken at once.
 * The folder is created if it is not there.
 * @throws {DatabaseError} `locked` when the owner keeps it, naming its pid; those of {@link prepareFolder}.
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
      // The folder was removed or its disk is gone: the database says so with its next write.
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
      // Nothing is lost: once this process is gone its lock counts as free.
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
