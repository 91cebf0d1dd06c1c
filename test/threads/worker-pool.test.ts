import { afterEach, describe, expect, it } from 'vitest'
import { workerEntry } from '../../src/threads/start-worker.ts'
import { createWorkerPool, type WorkerPool } from '../../src/threads/worker-pool.ts'

type Job = { say?: string; throws?: string; dies?: true; ms?: number }

const pools: WorkerPool<Job, string>[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function open(size = 1): WorkerPool<Job, string> {
  const pool = createWorkerPool<Job, string>(workerEntry('pool-worker', import.meta.url), { name: 'test', size })
  pools.push(pool)
  return pool
}

describe('createWorkerPool', () => {
  it('runs jobs and gives each its own result', async () => {
    const pool = open(2)
    const words = ['a', 'b', 'c', 'd', 'e']
    expect(await Promise.all(words.map((say) => pool.run({ say })))).toEqual(words)
  })

  it('starts threads as jobs come, or all of them before', async () => {
    let started = 0
    const count = () => {
      started += 1
    }
    process.on('worker', count)
    try {
      const asked = open(2)
      await asked.run({ say: 'one at a time' })
      await asked.run({ say: 'one at a time' })
      expect(started).toBe(1)
      const prepared = open(2)
      prepared.prepare()
      await prepared.run({ say: 'one of two' })
      expect(started).toBe(3)
      expect(await Promise.all(['a', 'b', 'c'].map((say) => prepared.run({ say })))).toEqual(['a', 'b', 'c'])
      expect(started).toBe(3)
    } finally {
      process.off('worker', count)
    }
  })

  it('lets lanes take turns', async () => {
    const pool = open()
    const order: string[] = []
    const long = {}
    const run = (say: string, lane?: object) => pool.run({ say }, lane ? { lane } : {}).then((said) => order.push(said))
    await Promise.all([run('l1', long), run('l2', long), run('l3', long), run('short')])
    expect(order).toEqual(['l1', 'l2', 'short', 'l3'])
  })

  it('rejects a job that throws, and runs the next', async () => {
    const pool = open()
    await expect(pool.run({ throws: 'out of range' })).rejects.toMatchObject({
      name: 'WorkerJobError',
      jobError: 'RangeError',
      message: 'out of range',
    })
    expect(await pool.run({ say: 'still here' })).toBe('still here')
  })

  it('rejects the job under which a worker died, and gives the others a new worker', async () => {
    const pool = open()
    const dying = pool.run({ dies: true })
    const next = pool.run({ say: 'after' })
    await expect(dying).rejects.toThrow(/test worker stopped while it worked: it exited with code 3/)
    expect(await next).toBe('after')
  })

  it('gives up what waits when workers die one after the other, and starts anew when asked again', async () => {
    const pool = open()
    const jobs = [pool.run({ dies: true }), pool.run({ dies: true }), pool.run({ say: 'never' })]
    const outcomes = await Promise.allSettled(jobs)
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await pool.run({ say: 'again' })).toBe('again')
  })

  it('drops a waiting job and leaves a running one unheard when aborted', async () => {
    const pool = open()
    const controller = new AbortController()
    const { signal } = controller
    const jobs = [pool.run({ ms: 50 }, { signal }), pool.run({ dies: true }, { signal })]
    controller.abort(new Error('enough'))
    for (const { status, ...rest } of await Promise.allSettled(jobs)) {
      expect({ status, ...rest }).toMatchObject({ status: 'rejected', reason: { message: 'enough' } })
    }
    expect(await pool.run({ say: 'sane' })).toBe('sane')
  })

  it('rejects what cannot be sent, and everything once closed', async () => {
    const pool = createWorkerPool<unknown, string>(workerEntry('pool-worker', import.meta.url), {
      name: 'test',
      size: 1,
    })
    await expect(pool.run({ say: () => 1 })).rejects.toThrow(/could not be cloned/)
    const pending = pool.run({ ms: 1000 })
    await Promise.all([expect(pending).rejects.toThrow(/closed before/), pool.close()])
    await expect(pool.run({ say: 'late' })).rejects.toThrow(/are closed/)
  })

  it('says which file is missing', async () => {
    const pool = createWorkerPool<Job, string>(workerEntry('nowhere', import.meta.url), { name: 'test', size: 1 })
    await expect(pool.run({})).rejects.toThrow(/nowhere/)
  })
})
