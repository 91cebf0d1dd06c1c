import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { firstMistake } from '../../content/validation/mistakes.ts'
import { throughTsx, workerEntry } from '../../threads/start-worker.ts'
import { type Job, Reply } from './replay-messages.ts'

/** A process that replays recordings, one after another, and cannot open connections. */
export interface ReplayProcess {
  /** @throws {ReplayProcessEnded} if it dies during the job, or if the job takes longer than allowed. */
  perform(job: Job): Promise<Reply>
  /** Whether it can take another job. */
  alive(): boolean
  kill(): void
}

export interface ReplayProcessOptions {
  /** The longest time for one job. */
  timeoutMs: number
  /** The module that answers jobs. Without it, today's graph. */
  entry?: URL
}

const CHILD = workerEntry('replay-child', import.meta.url)

/** The process that replays ended during a job. */
export class ReplayProcessEnded extends Error {
  override readonly name = 'ReplayProcessEnded'
}

/**
 * Starts a process that loads the guard before any other code, both from source and from `dist/`. Its environment is empty, so that it has
 * no key, no proxy and no tracing.
 */
export function startReplayProcess({ timeoutMs, entry = CHILD }: ReplayProcessOptions): ReplayProcess {
  const guard = workerEntry('network-guard', import.meta.url)
  const first = guard.pathname.endsWith('.ts') ? throughTsx(guard) : guard
  const child = fork(fileURLToPath(entry), [], {
    // Replays allocate much short-lived memory. With a larger nursery, a fifth less of the time goes into collecting it.
    execArgv: ['--max-semi-space-size=64', '--import', first.href],
    env: {},
    // What libraries print goes to stderr, because stdout is for data.
    stdio: ['ignore', 2, 'inherit', 'ipc'],
  })
  let ended: string | null = null
  child.once('exit', (code, signal) => {
    ended ??= `it ended with ${signal ?? `code ${code}`}`
  })
  child.once('error', (error) => {
    ended ??= error.message
  })
  return {
    perform: (job) => perform(child, job, timeoutMs),
    alive: () => ended === null && child.connected,
    kill: () => void child.kill('SIGKILL'),
  }
}

function perform(child: ChildProcess, job: Job, timeoutMs: number): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit).off('error', onError)
      settle()
    }
    const fail = (why: string) => end(() => reject(new ReplayProcessEnded(`the process that replays ${why}`)))
    const onMessage = (message: unknown) => {
      const reply = Reply.safeParse(message)
      if (reply.success) end(() => resolve(reply.data))
      else fail(`answered in a shape that is not known: ${firstMistake(Reply, message)}`)
    }
    const onExit = (code: number | null, signal: string | null) =>
      fail(`ended under its work, with ${signal ?? `code ${code}`}`)
    const onError = (error: Error) => fail(`cannot be started: ${error.message}`)
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail(`took longer than ${timeoutMs / 1000} s and was stopped`)
    }, timeoutMs)
    child.on('message', onMessage).once('exit', onExit).once('error', onError)
    child.send(job, (error) => {
      if (error !== null) fail(`takes no work: ${error.message}`)
    })
  })
}
