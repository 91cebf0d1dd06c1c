import type { RunRecord } from '../../database/records.ts'
import type { Repositories } from '../../database/repositories.ts'
import { END, openCursor } from './event-cursor.ts'
import type { LiveRuns } from './live-runs.ts'
import { endEvent, isOver, type PlacedEvents, type RunEvent, runEvent } from './run-event.ts'
import { createProgress } from './run-progress.ts'
import { timeline } from './run-timeline.ts'

export interface FollowDeps {
  repositories: Pick<Repositories, 'runs' | 'trace'>
  live: LiveRuns
}

/** An event as it is sent. `id` says how far this is, for a client that comes back. */
export interface SentEvent {
  id: string
  event: RunEvent
}

/** How often a run is looked at while nothing is heard of it: it belongs to another process, or it waits. */
const LOOK_MS = 500
/** How soon a run is looked at that has left its process: it ends in a moment. */
const LEFT_MS = 20

/**
 * The events of a run: those in its ledger, then live ones while it runs in this process, up to its end. `after` is the id of the last
 * event that was received. The stream can end before the run does (the process is stopping, or `signal` has aborted). Then the client
 * comes back with its last id. A run that is deleted meanwhile ends as `deleted`.
 */
export async function* followRun(
  runId: string,
  { after, signal }: { after?: string | undefined; signal: AbortSignal },
  { repositories: { runs, trace }, live }: FollowDeps,
): AsyncGenerator<SentEvent> {
  const cursor = openCursor(after)
  const subscription = live.subscribe(runId)
  try {
    let run = await runs.get(runId)
    if (run !== null) yield { id: cursor.id(), event: runEvent(run) }
    while (run !== null) {
      // The order matters. Open steps are read before the ledger: a step that ended before that is in the ledger by then. The run is read
      // before both, so that a run that is over is read completely.
      const open = live.open(runId)
      await live.flush(runId)
      const recorded = timeline(run, await trace.load(runId), open)
      for (const placed of recorded) yield* send(placed)
      if (isOver(run)) break
      const seen: RunRecord = run
      const progress = createProgress(recorded, seen)
      let pause = LOOK_MS
      for (;;) {
        const heard = await subscription.next(pause, signal)
        if (heard === 'closed') return
        if (typeof heard !== 'string') {
          const placed = progress.place(heard)
          if (placed === 'unknown') break
          if (placed !== null) yield* send(placed)
          continue
        }
        if (heard === 'missed') break
        if (heard === 'left') {
          pause = LEFT_MS
          continue
        }
        run = await runs.get(runId)
        if (run?.status !== seen.status) {
          if (run !== null && !isOver(run)) yield { id: cursor.id(), event: runEvent(run) }
          break
        }
        // What another process writes can be seen only in the ledger.
        if (!live.has(runId)) break
      }
    }
    yield { id: END, event: endEvent(run) }
  } finally {
    subscription.close()
  }

  function* send({ position, events }: PlacedEvents): Generator<SentEvent> {
    if (cursor.has(position)) return
    for (const event of events.slice(0, -1)) yield { id: cursor.id(), event }
    cursor.advance(position)
    for (const event of events.slice(-1)) yield { id: cursor.id(), event }
  }
}
