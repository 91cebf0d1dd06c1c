import { serveJobs } from '../../src/threads/worker-jobs.ts'

/** Jobs for the tests of the pool: says it back, throws, dies, or takes a while. */
serveJobs<{ say?: string; throws?: string; dies?: true; ms?: number }, string>(
  async ({ say = '', throws, dies, ms }) => {
    if (dies) process.exit(3)
    if (throws) throw new RangeError(throws)
    if (ms) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
    return say
  },
)
