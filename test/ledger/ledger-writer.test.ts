import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { LedgerUnavailable } from '../../src/ledger/interruptions.ts'
import { type LedgerWrite, type RunOwner, StaleAttempt } from '../../src/ledger/ledger-store.ts'
import { createLedgerWriter } from '../../src/ledger/ledger-writer.ts'
import { exchange, memoryStore, owner } from './ledger-samples.ts'

const write = (n: number, by: RunOwner = owner): LedgerWrite => ({
  owner: by,
  exchanges: [exchange({ n })],
  steps: [],
  blobs: [],
})
const other: RunOwner = { ...owner, runId: 'other' }
const NEVER = 2 ** 30

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  const mark = () => {
    settled = true
  }
  promise.then(mark, mark)
  await turn()
  return settled
}

describe('the ledger writer', () => {
  it('makes one append of everything that is queued while another is under way', async () => {
    const store = memoryStore()
    const writer = createLedgerWriter(store, NEVER)
    const gate = store.hold()
    const first = writer.append(write(0), true)
    const rest = [
      writer.append(write(1), true),
      writer.append(write(0, other), true),
      writer.append(write(2), false),
      writer.append(write(3), true),
    ]
    expect(store.appends).toHaveLength(1)
    gate.release()
    await Promise.all([first, ...rest])
    expect(store.appends).toHaveLength(2)
    expect(store.appends[1]?.map(({ owner: by, exchanges }) => [by.runId, exchanges.map(({ n }) => n)])).toEqual([
      ['r', [1, 2, 3]],
      ['other', [0]],
    ])
  })

  it('lets a durable row wait for its append and a cheap one not', async () => {
    const store = memoryStore()
    const writer = createLedgerWriter(store, NEVER)
    const gate = store.hold()
    await writer.append(write(0), false)
    const durable = writer.append(write(1), true)
    expect(await isSettled(durable)).toBe(false)
    gate.release()
    await durable
    expect(store.names()).toEqual(['topics.0.chat.0', 'topics.0.chat.1'])
  })

  it('writes cheap rows after a while even if no durable one comes, again and again', async () => {
    const store = memoryStore()
    const writer = createLedgerWriter(store, 1)
    const gate = store.hold()
    const held = writer.append(write(0), true)
    await writer.append(write(1), false)
    // The timer goes off while the first append is under way.
    await new Promise((done) => setTimeout(done, 20))
    gate.release()
    await held
    await writer.append(write(2), false)
    await expect.poll(() => store.names().length).toBe(3)
  })

  it('writes a blob once that several rows of a batch bring along', async () => {
    const store = memoryStore()
    const writer = createLedgerWriter(store, NEVER)
    const blob = { hash: 'sha256:x' as const, text: 'x' }
    await writer.append({ ...write(0), blobs: [blob] }, false)
    await writer.append({ ...write(1), blobs: [blob] }, true)
    expect(store.appends[0]?.[0]?.blobs).toEqual([blob])
  })

  it('rejects the stale run, for good, and writes the others', async () => {
    const store = memoryStore()
    const writer = createLedgerWriter(store, NEVER)
    store.stale.add('r')
    const stale = writer.append(write(0), true)
    const fine = writer.append(write(0, other), true)
    await expect(stale).rejects.toBeInstanceOf(StaleAttempt)
    await fine
    await expect(writer.append(write(1), false)).rejects.toBeInstanceOf(StaleAttempt)
    await expect(writer.settle(owner)).rejects.toBeInstanceOf(StaleAttempt)
    expect(store.recorded('other').exchanges).toHaveLength(1)
    // The run's next owner is not the stale one.
    store.stale.clear()
    await writer.append(write(1, { ...owner, attempt: 2 }), true)
  })

  it('fails the runs of the batch that failed, with what the database says, and goes on with the others', async () => {
    const store = memoryStore()
    const writer = createLedgerWriter(store, NEVER)
    store.failNext(new Error('no space left on device'))
    await expect(writer.append(write(0), true)).rejects.toThrow(
      new LedgerUnavailable('the ledger could not be written: no space left on device'),
    )
    await writer.append(write(0, other), true)
    await expect(writer.append(write(1), true)).rejects.toBeInstanceOf(LedgerUnavailable)
    writer.forget(owner)
    await writer.append(write(2), true)
    expect(store.recorded().exchanges.map(({ n }) => n)).toEqual([2])
  })

  it("tells a run of its cheap row's failure with its next row", async () => {
    const store = memoryStore()
    const writer = createLedgerWriter(store, NEVER)
    store.failNext(new Error('gone'))
    await writer.append(write(0), false)
    await writer.append(write(0, other), true).catch(() => undefined)
    await expect(writer.append(write(1), false)).rejects.toBeInstanceOf(LedgerUnavailable)
  })

  it('settles when all that a run has queued is written', async () => {
    const store = memoryStore()
    const writer = createLedgerWriter(store, NEVER)
    await writer.append(write(0), false)
    await writer.append(write(1), false)
    expect(store.names()).toEqual([])
    await writer.settle(owner)
    expect(store.names()).toHaveLength(2)
  })
})
