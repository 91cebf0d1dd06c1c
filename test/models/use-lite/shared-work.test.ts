import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSharedWork } from '../../../src/models/use-lite/shared-work.ts'
import { createFairQueue } from '../../../src/threads/fair-queue.ts'

describe('createSharedWork', () => {
  it('does the work for one key once, for all who ask meanwhile and afterwards', async () => {
    const shared = createSharedWork<number>(10)
    let done = 0
    const work = async () => ++done
    expect(await Promise.all([shared.get('a', work), shared.get('a', work)])).toEqual([1, 1])
    expect(await shared.get('a', work)).toBe(1)
  })

  it('forgets the least recently used first', async () => {
    const shared = createSharedWork<string>(2)
    const worked: string[] = []
    const get = (key: string) => shared.get(key, async () => `${key}${worked.push(key)}`)
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key)
    expect(worked).toEqual(['a', 'b', 'c', 'b'])
  })

  it('does not keep a failure', async () => {
    const shared = createSharedWork<number>(2)
    await expect(shared.get('a', () => Promise.reject(new Error('once')))).rejects.toThrow('once')
    expect(await shared.get('a', async () => 2)).toBe(2)
  })

  it('goes on while somebody waits, and is aborted when nobody does', async () => {
    const shared = createSharedWork<number>(2)
    const one = new AbortController()
    const two = new AbortController()
    let inner: AbortSignal | undefined
    const never = (signal: AbortSignal) => {
      inner = signal
      return new Promise<number>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const first = shared.get('a', never, one.signal)
    const second = shared.get('a', never, two.signal)
    one.abort(new Error('first leaves'))
    await expect(first).rejects.toThrow('first leaves')
    expect(inner?.aborted).toBe(false)
    two.abort(new Error('second leaves'))
    await expect(second).rejects.toThrow('second leaves')
    expect(inner?.aborted).toBe(true)
    expect(await shared.get('a', async () => 3)).toBe(3)
  })
})

describe('createFairQueue', () => {
  it('loses nothing, keeps the order within a lane, and makes no lane wait for a second turn of another', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3 }), { maxLength: 40 }), (adds) => {
        const lanes = [{}, {}, {}, {}]
        const queue = createFairQueue<{ lane: number; nth: number }>()
        adds.forEach((lane, nth) => {
          queue.add(lanes[lane] ?? {}, { lane, nth })
        })
        const taken = Array.from({ length: adds.length }, () => queue.take())
        expect(queue.take()).toBeUndefined()
        expect(queue.size()).toBe(0)
        for (const lane of [0, 1, 2, 3]) {
          const nths = taken.filter((item) => item?.lane === lane).map((item) => item?.nth ?? -1)
          expect(nths).toEqual(adds.flatMap((of, nth) => (of === lane ? [nth] : [])))
        }
        const waiting = new Set(adds).size
        expect(new Set(taken.slice(0, waiting).map((item) => item?.lane)).size).toBe(waiting)
      }),
    )
  })
})
