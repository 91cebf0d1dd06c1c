import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { EngineStream } from '../../../src/database/engine/engine-stream.ts'
import { openMemory } from '../open-memory.ts'

describe('the engine on its thread', () => {
  let db: Database
  beforeAll(async () => {
    db = await openMemory()
  })
  afterAll(() => db?.close())

  it('holds up nothing but other statements while it works', async () => {
    let working = true
    let turns = 0
    const count = 'select count(*)::int as n from generate_series(1, 300000) a where md5(a::text) > md5($1)'
    const slow = db.query<{ n: number }>(count, ['x']).finally(() => {
      working = false
    })
    while (working) {
      await turn()
      turns++
    }
    expect((await slow).rows[0]?.n).toBeGreaterThan(0)
    expect(turns).toBeGreaterThan(100)
  })

  it('answers statements that come at the same time each with its own rows', async () => {
    const asked = Array.from({ length: 50 }, (_, n) => n)
    const answers = await Promise.all(asked.map((n) => db.query<{ n: number }>('select $1::int as n', [n])))
    expect(answers.map(({ rows }) => rows[0]?.n)).toEqual(asked)
  })

  it('takes and returns megabytes', async () => {
    const body = Buffer.alloc(5_000_000, 'ü')
    const { rows } = await db.query<{ body: Buffer }>('select $1::bytea as body', [body])
    expect(rows[0]?.body.equals(body)).toBe(true)
  })

  it('answers a statement that is under way when it is closed', async () => {
    const other = await openMemory()
    const answer = other.query<{ n: number }>('select count(*)::int as n from generate_series(1, 100000)')
    await turn()
    const [{ rows }] = await Promise.all([answer, other.close()])
    expect(rows).toEqual([{ n: 100_000 }])
  })

  it('says that the database stopped answering once it is closed', async () => {
    const other = await openMemory()
    await other.close()
    await expect(other.query('select 1')).rejects.toThrow()
  })
})

describe("the driver's socket", () => {
  it('sends what is corked as one packet, and returns the answer', async () => {
    const packets: string[] = []
    const stream = new EngineStream(async (packet) => {
      packets.push(Buffer.from(packet).toString())
      return Buffer.from(`answer ${packets.length}`)
    })
    const answers: string[] = []
    stream.on('data', (data: Buffer) => answers.push(data.toString()))
    stream.write('one')
    await turn()
    stream.cork()
    for (const message of ['two', 'three', 'four']) stream.write(message)
    stream.uncork()
    await turn()
    expect(packets).toEqual(['one', 'twothreefour'])
    expect(answers).toEqual(['answer 1', 'answer 2'])
  })

  it('is closed on both sides when one side ends it', async () => {
    const stream = new EngineStream(async () => new Uint8Array())
    const closed = new Promise<void>((resolve) => stream.once('close', resolve))
    stream.on('data', () => undefined)
    stream.end('terminate')
    await closed
    expect(stream.destroyed).toBe(true)
  })

  it('ends with the error of an engine that died', async () => {
    const stream = new EngineStream(() => Promise.reject(new Error('memory access out of bounds')))
    const ended = new Promise((resolve) => stream.once('error', resolve))
    stream.write('select 1')
    expect(await ended).toMatchObject({ message: 'memory access out of bounds' })
    expect(stream.destroyed).toBe(true)
  })
})
