import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process holds a lock. `startTime` tells it from a later process with the same pid; null where the system does not say. */
export interface LockOwner {
  pid: number
  startTime: string | null
  /** Where pids mean the same processes: kernel boot and pid namespace, else the host's name. */
  place: string
}

function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Field 22 of /proc/<pid>/stat: clock ticks since boot. The command name before it may hold spaces and parentheses. */
function startTimeOf(pid: number): string | null {
  return readOr(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  }, null)
}

// Two containers that share a folder have pids of their own: there, being alive cannot be asked, and age decides.
function thisPlace(): string {
  return readOr(
    () => `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${readlinkSync('/proc/self/ns/pid')}`,
    hostname(),
  )
}

export function thisProcess(): LockOwner {
  return { pid: process.pid, startTime: startTimeOf(process.pid), place: thisPlace() }
}

/** Null: it lives elsewhere, this process cannot know. */
export function isAlive({ pid, startTime, place }: LockOwner): boolean | null {
  if (place !== thisPlace()) return null
  const now = startTimeOf(pid)
  if (now !== null && startTime !== null) return now === startTime
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
