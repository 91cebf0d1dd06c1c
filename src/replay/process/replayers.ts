import { access } from 'node:fs/promises'
import pLimit from 'p-limit'
import type { ReplayReport } from '../replay-report.ts'
import { ReplayRequest } from './replay-messages.ts'
import { type ReplayProcess, type ReplayProcessOptions, startReplayProcess } from './replay-process.ts'

/** Replays recordings in processes of their own. */
export interface Replayers {
  /**
   * @param file path of a recording
   * @throws {ReplayFailed} if there is nothing to report: the file is not a recording, or today's code is broken
   */
  replay(file: string, request?: Partial<ReplayRequest>, options?: { signal?: AbortSignal }): Promise<ReplayReport>
  /** Ends the processes. What is under way rejects. */
  close(): void
}

/** A recording could not be replayed. The message is one sentence for people. */
export class ReplayFailed extends Error {
  override readonly name = 'ReplayFailed'
  /** The class of what was thrown, for example `RecordingError`, and its kind. */
  readonly error: string
  readonly kind: string | null
  constructor(message: string, error: string, kind: string | null, options?: ErrorOptions) {
    super(message, options)
    this.error = error
    this.kind = kind
  }
}

const CALLERS = new Set(['UnknownPrompt', 'BadSubstitute'])

/**
 * Whether the caller named something that does not exist or is not valid. Otherwise the replayed code has failed, or the recording is
 * broken.
 */
export function isCallersFault({ error }: ReplayFailed): boolean {
  return CALLERS.has(error)
}

export interface ReplayersOptions extends Pick<ReplayProcessOptions, 'entry'> {
  /** The number of processes, 150 to 250 MB each. A process starts when there is work for it, which takes about a second. */
  size: number
  /** The longest time for one recording. Two minutes without it. */
  timeoutMs?: number
  /** A process without work ends after this time. Without it, the process stays until {@link Replayers.close}. */
  idleMs?: number
}

const TIMEOUT_MS = 120_000

export function createReplayers({ size, timeoutMs = TIMEOUT_MS, idleMs, ...options }: ReplayersOptions): Replayers {
  const limit = pLimit(size)
  const all = new Set<ReplayProcess>()
  const resting = new Map<ReplayProcess, NodeJS.Timeout | undefined>()
  let closed = false

  function take(): ReplayProcess {
    for (const [found, timer] of resting) {
      clearTimeout(timer)
      resting.delete(found)
      if (found.alive()) return found
      all.delete(found)
    }
    const started = startReplayProcess({ timeoutMs, ...options })
    all.add(started)
    return started
  }

  function giveBack(used: ReplayProcess): void {
    if (closed || !used.alive()) end(used)
    else resting.set(used, idleMs === undefined ? undefined : setTimeout(() => end(used), idleMs).unref())
  }

  function end(used: ReplayProcess): void {
    clearTimeout(resting.get(used))
    resting.delete(used)
    all.delete(used)
    used.kill()
  }

  return {
    replay: (file, request = {}, { signal } = {}) =>
      limit(async () => {
        signal?.throwIfAborted()
        if (closed) throw new ReplayFailed('the processes that replay are closed', 'Closed', null)
        await access(file).catch((cause) => {
          throw new ReplayFailed(`the file ${file} cannot be read`, 'RecordingError', 'unreadable', { cause })
        })
        const taken = take()
        const onAbort = () => taken.kill()
        signal?.addEventListener('abort', onAbort, { once: true })
        try {
          const reply = await taken.perform({ file, request: ReplayRequest.parse(request) })
          if (!reply.ok) throw new ReplayFailed(reply.message, reply.error, reply.kind)
          return reply.report
        } catch (error) {
          signal?.throwIfAborted()
          throw error
        } finally {
          signal?.removeEventListener('abort', onAbort)
          giveBack(taken)
        }
      }),
    close() {
      closed = true
      for (const each of all) end(each)
    },
  }
}
