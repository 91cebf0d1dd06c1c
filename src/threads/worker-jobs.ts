import { parentPort } from 'node:worker_threads'

/** What a pool sends to its worker; one job at a time. */
export interface WorkerRequest<Job> {
  job: Job
}

/** What the worker answers. */
export type WorkerReply<Result> = { ok: true; result: Result } | { ok: false; name: string; message: string }

/**
 * The worker's side of a pool: call it once in the module that the pool starts. Jobs and results are structured-cloned
 * (plain data, typed arrays). What `work` throws rejects its job and nothing else.
 */
export function serveJobs<Job, Result>(work: (job: Job) => Result | Promise<Result>): void {
  const port = parentPort
  if (!port) throw new Error('serveJobs runs in a worker thread, started by createWorkerPool')
  // What a library prints goes to stderr: stdout belongs to the data. (Reading the worker's stdout in the parent instead
  // would keep the process alive.)
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
