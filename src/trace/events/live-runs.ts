import type { Sha256 } from '../../content/text/hash.ts'
import { expand, liftedHashes } from '../../ledger/canonical.ts'
import { type Exchange, type Step, stepName } from '../../ledger/exchange.ts'
import type { LedgerWrite, RunOwner } from '../../ledger/ledger-store.ts'
import type { LedgerWriter } from '../../ledger/ledger-writer.ts'
import type { OpenStep } from './run-timeline.ts'

/**
 * Something that happened in a run of this process. `read` gives the JSON behind a hash. It is undefined if that JSON was not written
 * together with the event.
 */
export type LiveEvent =
  | { kind: 'started'; step: OpenStep }
  | { kind: 'exchange'; exchange: Exchange; read(hash: Sha256): unknown }
  | { kind: 'ended'; step: Step; read(hash: Sha256): unknown }

/** A subscription to one run. */
export interface Subscription {
  /**
   * The next event. `idle`: none came in `ms`. `missed`: there were more than are kept, and the missing ones are in the ledger. `left`:
   * the run no longer belongs to this process. `closed`: the process is stopping, or `signal` has aborted.
   */
  next(ms: number, signal: AbortSignal): Promise<LiveEvent | 'idle' | 'missed' | 'left' | 'closed'>
  close(): void
}

/** The runs that this process works on, for those who follow them. */
export interface LiveRuns {
  /** A writer that tells the followers of a run about its rows, once they are written or queued. */
  watching(writer: LedgerWriter): LedgerWriter
  stepStarted(runId: string, step: OpenStep): void
  /** Steps of a run that have started and not ended. */
  open(runId: string): OpenStep[]
  has(runId: string): boolean
  /** Resolves when everything that a run has recorded up to now is in the ledger. */
  flush(runId: string): Promise<void>
  subscribe(runId: string): Subscription
  /** How many clients follow a run of this process. */
  followers(): number
  /** Ends all subscriptions. Followers come back to the next process. */
  close(): void
}

/** A slow follower has no more events than this kept for it. It reads the ledger instead. */
const MAX_QUEUED_EVENTS = 500

interface Follower {
  push(event: LiveEvent | 'left'): void
  close(): void
}

export function createLiveRuns(maxQueued: number = MAX_QUEUED_EVENTS): LiveRuns {
  const owners = new Map<string, { owner: RunOwner; writer: LedgerWriter }>()
  const openSteps = new Map<string, Map<string, OpenStep>>()
  const followers = new Map<string, Set<Follower>>()
  let closed = false

  function tell(runId: string, event: LiveEvent | 'left'): void {
    for (const follower of followers.get(runId) ?? []) follower.push(event)
  }

  function written({ owner: { runId }, exchanges, steps, blobs }: LedgerWrite): void {
    for (const step of steps) openSteps.get(runId)?.delete(stepName(step))
    if (!followers.has(runId)) return
    const texts = new Map(blobs.map(({ hash, text }) => [hash, text]))
    const read = (hash: Sha256) => {
      const text = texts.get(hash)
      const whole = text !== undefined && liftedHashes(text).every((lifted) => texts.has(lifted))
      return whole ? expand(text, (lifted) => texts.get(lifted)) : undefined
    }
    for (const exchange of exchanges) tell(runId, { kind: 'exchange', exchange, read })
    for (const step of steps) tell(runId, { kind: 'ended', step, read })
  }

  return {
    watching: (writer) => ({
      ...writer,
      async append(write, durable) {
        owners.set(write.owner.runId, { owner: write.owner, writer })
        await writer.append(write, durable)
        written(write)
      },
      forget(owner) {
        writer.forget(owner)
        if (owners.get(owner.runId)?.owner.attempt !== owner.attempt) return
        owners.delete(owner.runId)
        openSteps.delete(owner.runId)
        tell(owner.runId, 'left')
      },
    }),
    stepStarted(runId, step) {
      const open = openSteps.get(runId) ?? new Map<string, OpenStep>()
      openSteps.set(runId, open.set(step.name, step))
      tell(runId, { kind: 'started', step })
    },
    open: (runId) => [...(openSteps.get(runId)?.values() ?? [])],
    has: (runId) => owners.has(runId),
    async flush(runId) {
      const known = owners.get(runId)
      await known?.writer.settle(known.owner).catch(() => undefined)
    },
    subscribe(runId) {
      const { follower, subscription } = follow(maxQueued, () => {
        const others = followers.get(runId)
        others?.delete(follower)
        if (others?.size === 0) followers.delete(runId)
      })
      if (closed) follower.close()
      followers.set(runId, (followers.get(runId) ?? new Set()).add(follower))
      return subscription
    },
    followers: () => [...followers.values()].reduce((sum, { size }) => sum + size, 0),
    close() {
      closed = true
      for (const each of followers.values()) for (const follower of each) follower.close()
    },
  }
}

/** A bounded queue. On overflow, all that it holds is given up. */
function follow(maxQueued: number, leave: () => void): { follower: Follower; subscription: Subscription } {
  let queue: (LiveEvent | 'left' | 'missed')[] = []
  let closed = false
  let wake: () => void = () => undefined
  return {
    follower: {
      push(event) {
        if (queue[0] === 'missed') return
        if (queue.length >= maxQueued) queue = ['missed']
        else queue.push(event)
        wake()
      },
      close() {
        closed = true
        wake()
      },
    },
    subscription: {
      async next(ms, signal) {
        if (queue.length === 0 && !closed && !signal.aborted) {
          await new Promise<void>((done) => {
            const timer = setTimeout(done, ms)
            wake = () => {
              clearTimeout(timer)
              done()
            }
            signal.addEventListener('abort', wake, { once: true })
          })
          signal.removeEventListener('abort', wake)
          wake = () => undefined
        }
        if (closed || signal.aborted) return 'closed'
        return queue.shift() ?? 'idle'
      },
      close: leave,
    },
  }
}
