import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk } from '../../support/desk.ts'
import { talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const signed = (signature: string) =>
  talk({
    audio: { url: `https://cdn.example/looms.mp3?X-Amz-Signature=${signature}` },
    artwork: { url: `https://cdn.example/looms.png?sig=${signature}` },
  })

describe('an item whose addresses have new signatures', () => {
  it('is the same item as before', async () => {
    const desk = openDesk(database, { chat: cast({}, { sees: true }).model })
    expect((await desk.understand(signed('one'))).run.status).toBe('complete')
    expect((await desk.understand(signed('two'))).run.status).toBe('unchanged')
    const other = talk({ artwork: { url: 'https://cdn.example/weavers.png?sig=three' } })
    expect((await desk.understand(other)).run.status).toBe('complete')
  })
})
