import { randomUUID } from 'node:crypto'
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { errorCode } from '../database-errors.ts'

// The lock is a row of numbered files, one for each owner that there ever was. The owner with the highest number holds the lock. To take it, a
// process creates the next number, and the file system lets exactly one process do this. Only its owner ever rewrites a file. So nobody removes
// a lock that seems dead. A lock of a single file fails there: another process may take it between the look and the removal.

/** The content of a lock's file. `token` authorises commands at the server that holds the lock. */
export const LockRecord = z.object({
  pid: z.int(),
  startTime: z.string().nullable(),
  place: z.string(),
  url: z.string().nullable(),
  token: z.string(),
  released: z.boolean(),
})
export type LockRecord = z.infer<typeof LockRecord>

export interface LockFile {
  number: number
  /** Null if the file holds no record, because its owner died while it was written. */
  record: LockRecord | null
  /** How long ago its owner last touched it, in milliseconds by the clock of the file system. */
  ageMs: number
}

/** How many earlier numbers are kept, so that a slow reader never meets the same number twice. */
const KEPT = 16
const NAME = /^(\d{10})\.json$/

const nameOf = (number: number) => `${String(number).padStart(10, '0')}.json`

function numbers(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a)
}

/** The file with the highest number. Null if nobody ever held the lock. `now` is in milliseconds since the epoch. */
export function newestLock(folder: string, now: number): LockFile | null {
  const number = numbers(folder)[0]
  if (number === undefined) return null
  const path = join(folder, nameOf(number))
  try {
    const record = LockRecord.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null
    return { number, record, ageMs: now - statSync(path).mtimeMs }
  } catch (error) {
    if (error instanceof SyntaxError) return { number, record: null, ageMs: now - statSync(path).mtimeMs }
    if (errorCode(error) === 'ENOENT') return newestLock(folder, now)
    throw error
  }
}

/** Takes the number after the newest one. False if another process was quicker. */
export function takeNumber(folder: string, number: number, record: LockRecord): boolean {
  const path = join(folder, nameOf(number))
  if (!createWhole(folder, path, record)) return false
  // A process that read the folder long ago may take a number that later owners have passed.
  const [newest] = numbers(folder)
  if (newest !== number) {
    rmSync(path, { force: true })
    return false
  }
  for (const old of numbers(folder)) if (old <= number - KEPT) rmSync(join(folder, nameOf(old)), { force: true })
  return true
}

function createWhole(folder: string, path: string, record: LockRecord): boolean {
  const whole = writeAside(folder, record)
  try {
    linkSync(whole, path)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    // The file system has no hard links. Exclusive creation is as safe, but a reader may meet an empty file.
    return createExclusively(path, record)
  } finally {
    rmSync(whole, { force: true })
  }
}

function createExclusively(path: string, record: LockRecord): boolean {
  try {
    writeFileSync(path, JSON.stringify(record), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

function writeAside(folder: string, record: LockRecord): string {
  const path = join(folder, `${randomUUID()}.new`)
  writeFileSync(path, JSON.stringify(record), { flag: 'wx', mode: 0o600 })
  return path
}

/** Replaces the owner's own record as a whole. */
export function rewrite(folder: string, number: number, record: LockRecord): void {
  renameSync(writeAside(folder, record), join(folder, nameOf(number)))
}

/** Gives a sign of life to those who cannot see this process. */
export function touch(folder: string, number: number, at: Date): void {
  utimesSync(join(folder, nameOf(number)), at, at)
}
