import { messageOf } from '../../content/validation/error-message.ts'
import type { ReplayRequest } from '../process/replay-messages.ts'
import type { Replayers } from '../process/replayers.ts'
import type { FleetReport } from './fleet-report.ts'
import { createFleetTally } from './fleet-tally.ts'

/** One recording of a fleet. */
export interface FleetMember {
  name: string
  /** The path of its file, which may have to be made first. A rejection becomes a line of the report and does not end it. */
  file(): Promise<string>
  /** Called when the file is no longer needed. */
  done?(): Promise<void>
}

export interface FleetProgress {
  done: number
  identical: number
  diverged: number
  broken: number
}

export interface FleetOptions {
  request: Partial<ReplayRequest>
  workers: number
  signal?: AbortSignal
  progress?(progress: FleetProgress): void
}

/**
 * Replays many recordings on as many processes as `workers` says, and adds up what they found. A broken recording becomes a line of the
 * report. The order of members does not change the report.
 */
export async function replayFleet(
  members: readonly FleetMember[],
  replayers: Replayers,
  { request, workers, signal, progress }: FleetOptions,
): Promise<FleetReport> {
  const startedAt = performance.now()
  const tally = createFleetTally(Date.now)
  const counts: FleetProgress = { done: 0, identical: 0, diverged: 0, broken: 0 }
  const take = inBlocks(members, workers)

  async function one(member: FleetMember): Promise<void> {
    try {
      const report = await replayers.replay(await member.file(), request, signal === undefined ? {} : { signal })
      tally.add(member.name, report)
      counts[report.identical ? 'identical' : 'diverged']++
    } catch (error) {
      signal?.throwIfAborted()
      tally.addBroken(member.name, messageOf(error))
      counts.broken++
    } finally {
      await member.done?.()
    }
    counts.done++
    progress?.({ ...counts })
  }

  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let next = take(worker); next !== undefined; next = take(worker)) await one(next)
    }),
  )
  return tally.report({ ms: performance.now() - startedAt, workers })
}

/**
 * Deals out members so that each process gets adjacent ones. Recordings of one item in one folder have the same text, and what is computed
 * from a text is computed once per process. A process that is done takes from the end of the longest block that is left.
 */
function inBlocks(members: readonly FleetMember[], workers: number): (worker: number) => FleetMember | undefined {
  const length = Math.ceil(members.length / workers)
  const blocks = Array.from({ length: workers }, (_, n) => members.slice(n * length, (n + 1) * length))
  return (worker) =>
    blocks[worker]?.shift() ??
    blocks.reduce((longest, block) => (block.length > longest.length ? block : longest), []).pop()
}
