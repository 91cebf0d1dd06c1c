import type { Worker } from 'node:worker_threads'
import { messageOf } from '../content/validation/error-message.ts'
import { createFairQueue } from './fair-queue.ts'
import { startWorker } from './start-worker.ts'
import type { WorkerReply, WorkerRequest } from './worker-jobs.ts'

/** Runs jobs on worker threads, so that long computations do not block the event loop. */
export interface WorkerPool<Job, Result> {
  /**
   * Runs one job. Jobs of one lane run in order. Lanes take turns, so that the first job of a new lane waits for at most one
   * job of each other lane. A job without a lane gets a lane of its own.
   *
   * An abort rejects at once with the signal's reason. A waiting job is dropped; a running job finishes and its result is ignored.
   * @throws {WorkerJobError} if the job itself failed; the worker continues.
   * @throws {WorkerCrashed} if the worker died while it ran this job, or if the pool was closed.
   */
  run(job: Job, options?: { signal?: AbortSignal; lane?: object }): Promise<Result>
  /** Starts all threads. Without it, each starts at the first job for which no other is free. */
  prepare(): void
  /** Ends all workers; unfinished jobs reject. The pool cannot be used again. */
  close(): Promise<void>
}

export interface WorkerPoolOptions {
  /** The maximum number of threads. A thread starts when a job finds all others busy. */
  size: number
  /** An idle thread ends after this many milliseconds. Without this option it stays until {@link WorkerPool.close}. */
  idleMs?: number
  /** The name in errors, for example `embedding`. */
  name: string
}

/** The job threw an error; `jobError` is the name of that error. */
export class WorkerJobError extends Error {
  override readonly name = 'WorkerJobError'
  readonly jobError: string
  constructor(jobError: string, message: string) {
    super(message)
    this.jobError = jobError
  }
}

/** A worker died during its job, or its pool was closed. */
export class WorkerCrashed extends Error {
  override readonly name = 'WorkerCrashed'
}

interface Task<Job, Result> {
  job: Job
  settled: boolean
  resolve(result: Result): void
  reject(reason: unknown): void
}

interface Thread<Job, Result> {
  worker: Worker
  task: Task<Job, Result> | undefined
  idle: NodeJS.Timeout | undefined
}

/** The pool rejects the waiting jobs after this many workers in a row have died without finishing a job. */
const CRASHES = 2

/** @param entry a module that calls `serveJobs`; see `workerEntry`. Nothing starts before the first job. */
export function createWorkerPool<Job, Result>(entry: URL, options: WorkerPoolOptions): WorkerPool<Job, Result> {
  const threads = new Set<Thread<Job, Result>>()
  const waiting = createFairQueue<Task<Job, Result>>()
  let crashes = 0
  let closed = false

  function open(): Thread<Job, Result> {
    const thread: Thread<Job, Result> = { worker: startWorker(entry), task: undefined, idle: undefined }
    threads.add(thread)
    thread.worker.on('message', (reply: WorkerReply<Result>) => {
      const task = thread.task
      thread.task = undefined
      crashes = 0
      if (reply.ok) task?.resolve(reply.result)
      else task?.reject(new WorkerJobError(reply.name, reply.message))
      next(thread)
    })
    thread.worker.on('messageerror', (error) => lose(thread, error))
    thread.worker.on('error', (error) => lose(thread, error))
    thread.worker.on('exit', (code) => lose(thread, new Error(`it exited with code ${code}`)))
    return thread
  }

  function next(thread: Thread<Job, Result>): void {
    const task = waiting.take()
    if (!task) {
      rest(thread)
      return
    }
    thread.task = task
    clearTimeout(thread.idle)
    // A thread keeps the process alive while it has work, and only then.
    thread.worker.ref()
    try {
      thread.worker.postMessage({ job: task.job } satisfies WorkerRequest<Job>)
    } catch (error) {
      thread.task = undefined
      task.reject(error)
      next(thread)
    }
  }

  function rest(thread: Thread<Job, Result>): void {
    thread.worker.unref()
    clearTimeout(thread.idle)
    if (options.idleMs === undefined) return
    thread.idle = setTimeout(() => {
      threads.delete(thread)
      void thread.worker.terminate()
    }, options.idleMs).unref()
  }

  function lose(thread: Thread<Job, Result>, cause: unknown): void {
    if (!threads.delete(thread)) return
    clearTimeout(thread.idle)
    void thread.worker.terminate()
    crashes += 1
    const why = messageOf(cause)
    const crash = new WorkerCrashed(`The ${options.name} worker stopped while it worked: ${why}`, { cause })
    thread.task?.reject(crash)
    if (crashes >= CRASHES) {
      crashes = 0
      for (const task of waiting.drain()) task.reject(crash)
    }
    if (waiting.size() > 0) staff()
  }

  function staff(): void {
    for (const thread of threads) if (!thread.task && waiting.size() > 0) next(thread)
    while (waiting.size() > 0 && threads.size < options.size) next(open())
  }

  return {
    prepare() {
      while (!closed && threads.size < options.size) rest(open())
    },
    run(job, { signal, lane = {} } = {}) {
      return new Promise<Result>((resolve, reject) => {
        if (closed) return reject(new WorkerCrashed(`The ${options.name} workers are closed`))
        if (signal?.aborted) return reject(signal.reason)
        const settle = (then: () => void) => {
          if (task.settled) return
          task.settled = true
          signal?.removeEventListener('abort', onAbort)
          then()
        }
        const onAbort = () => {
          waiting.remove(lane, task)
          settle(() => reject(signal?.reason))
        }
        const task: Task<Job, Result> = {
          job,
          settled: false,
          resolve: (result) => settle(() => resolve(result)),
          reject: (reason) => settle(() => reject(reason)),
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        waiting.add(lane, task)
        staff()
      })
    },
    async close() {
      closed = true
      const gone = [...threads]
      threads.clear()
      const reason = new WorkerCrashed(`The ${options.name} workers were closed before this was done`)
      for (const task of waiting.drain()) task.reject(reason)
      for (const thread of gone) {
        clearTimeout(thread.idle)
        thread.task?.reject(reason)
      }
      await Promise.all(gone.map((thread) => thread.worker.terminate()))
    },
  }
}
