import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** The process that holds a lock. `startTime` tells it from a later process with the same pid. Null if the system does not say it. */
export interface LockOwner {
  pid: number
  startTime: string | null
  /** Names the place in which pids mean the same processes: the boot of the kernel and the pid namespace, or the host's name. */
  place: string
}

function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

interface ProcessState {
  /** True if it is dead, but whoever started it has not yet asked how it ended. */
  isZombie: boolean
  /** Clock ticks since boot. */
  startTime: string | null
}

/** Reads fields 3 and 22 of /proc/<pid>/stat. Null if the system has no such file. The command name before them may hold spaces and parentheses. */
function stateOf(pid: number): ProcessState | null {
  return readOr(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { isZombie: /^[ZX]/.test(fields[0] ?? ''), startTime: fields[19] ?? null }
  }, null)
}

// Two containers that share a folder each have their own pids. Neither can see whether a process of the other lives, so age decides.
function thisPlace(): string {
  return readOr(
    () => `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${readlinkSync('/proc/self/ns/pid')}`,
    hostname(),
  )
}

export function thisProcess(): LockOwner {
  return { pid: process.pid, startTime: stateOf(process.pid)?.startTime ?? null, place: thisPlace() }
}

/** Null if this process cannot know it, because the owner is in another place. */
export function isAlive({ pid, startTime, place }: LockOwner): boolean | null {
  if (place !== thisPlace()) return null
  const now = stateOf(pid)
  if (now?.isZombie === true) return false
  if (now !== null && now.startTime !== null && startTime !== null) return now.startTime === startTime
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
