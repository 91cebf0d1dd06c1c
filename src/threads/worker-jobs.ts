import { parentPort } from 'node:worker_threads'

/** The message of a pool to its worker; one job at a time. */
export interface WorkerRequest<Job> {
  job: Job
}

/** The answer of the worker. */
export type WorkerReply<Result> = { ok: true; result: Result } | { ok: false; name: string; message: string }

/**
 * The worker's side of a pool. Call it once in the module that the pool starts. Jobs and results are structured-cloned
 * (plain data, typed arrays). An error of `work` rejects only its own job.
 */
export function serveJobs<Job, Result>(work: (job: Job) => Result | Promise<Result>): void {
  const port = parentPort
  if (!port) throw new Error('serveJobs runs in a worker thread, started by createWorkerPool')
  // The output of libraries goes to stderr, because stdout is for data. (Reading the worker's stdout in the parent would keep
  // the process alive.)
  process.stdout.write = process.stderr.write.bind(process.stderr)
  port.on('message', async ({ job }: WorkerRequest<Job>) => {
    let reply: WorkerReply<Result>
    try {
      reply = { ok: true, result: await work(job) }
    } catch (error) {
      reply =
        error instanceof Error
          ? { ok: false, name: error.name, message: error.message }
          : { ok: false, name: 'Error', message: String(error) }
    }
    port.postMessage(reply)
  })
}
