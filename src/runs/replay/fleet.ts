import type { FleetReport } from './fleet-report.ts'
import { createFleetTally } from './fleet-tally.ts'
import type { ReplayRequest } from './messages.ts'
import type { Replayers } from './replayers.ts'

/** One recording of a fleet. */
export interface FleetMember {
  name: string
  /** Path of its file; may have to be made first. Rejects where it cannot be had: a line of the report, not its end. */
  file(): Promise<string>
  /** Called when it is done with. */
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
 * Replays many recordings on as many processes as `workers` says, and adds up what they found. What is broken is a line of the
 * report. The order of members does not change the report.
 */
export async function replayFleet(
  members: Iterable<FleetMember> | AsyncIterable<FleetMember>,
  replayers: Replayers,
  { request, workers, signal, progress }: FleetOptions,
): Promise<FleetReport> {
  const startedAt = performance.now()
  const tally = createFleetTally(Date.now)
  const counts: FleetProgress = { done: 0, identical: 0, diverged: 0, broken: 0 }
  const queue = iteratorOf(members)

  async function one(member: FleetMember): Promise<void> {
    try {
      const report = await replayers.replay(await member.file(), request, signal === undefined ? {} : { signal })
      tally.add(member.name, report)
      counts[report.identical ? 'identical' : 'diverged']++
    } catch (error) {
      signal?.throwIfAborted()
      tally.addBroken(member.name, error instanceof Error ? error.message : String(error))
      counts.broken++
    } finally {
      await member.done?.()
    }
    counts.done++
    progress?.({ ...counts })
  }

  // One more than there are processes: while a report comes back the next file is on its way.
  await Promise.all(
    Array.from({ length: workers + 1 }, async () => {
      for (let next = await queue.next(); !next.done; next = await queue.next()) await one(next.value)
    }),
  )
  return tally.report({ ms: performance.now() - startedAt, workers })
}

/** One iterator that several may draw from at once. */
function iteratorOf<Value>(values: Iterable<Value> | AsyncIterable<Value>): AsyncIterator<Value, void> {
  async function* all() {
    yield* values
  }
  return all()
}
