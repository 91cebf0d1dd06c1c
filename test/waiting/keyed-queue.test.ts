import { describe, expect, it } from 'vitest'
import { createKeyedQueue } from '../../src/waiting/keyed-queue.ts'

/** Tasks that end when they are told to, and what has begun. */
function steps() {
  const begun: string[] = []
  const end = new Map<string, (failed?: Error) => void>()
  const task = (name: string) => () => {
    begun.push(name)
    return new Promise<string>((resolve, reject) => end.set(name, (error) => (error ? reject(error) : resolve(name))))
  }
  return { begun, end, task }
}

describe('a queue by key', () => {
  it('lets tasks with one key wait for each other, and others not', async () => {
    const queue = createKeyedQueue()
    const { begun, end, task } = steps()
    const [a1, a2, b] = [queue('a', task('a1')), queue('a', task('a2')), queue('b', task('b'))]
    await Promise.resolve()
    expect(begun).toEqual(['a1', 'b'])
    end.get('a1')?.()
    expect(await a1).toBe('a1')
    expect(begun).toEqual(['a1', 'b', 'a2'])
    end.get('a2')?.()
    end.get('b')?.()
    expect(await Promise.all([a2, b])).toEqual(['a2', 'b'])
  })

  it('goes on after a task that failed, and the failure is its own', async () => {
    const queue = createKeyedQueue()
    const failing = queue('a', async () => {
      throw new Error('the first one')
    })
    const next = queue('a', async () => 'the second one')
    await expect(failing).rejects.toThrow('the first one')
    expect(await next).toBe('the second one')
    expect(await queue('a', async () => 'a later one')).toBe('a later one')
  })
})
