import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'
import { said, talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

/** Two transcripts, each far too short for an hour: neither is sound. */
const doubtful = talk({ durationMs: 3_600_000, transcripts: [{ text: said(0) }, { text: said(1) }] })

it('an agent is asked which of several doubtful transcripts is the right one, and all others read the one that it chose', async () => {
  const stage = cast({ transcript: () => submits('transcript', { candidate: 1, reason: 'It tells of looms.' }) })
  await openDesk(database, { chat: stage.model }).understand(doubtful)
  expect(stage.agents()).toContain('transcript')
  const readers = stage.asked.filter(({ agent }) => agent !== 'transcript' && agent !== 'critique')
  expect(readers).toHaveLength(6)
  for (const { request } of readers) expect(JSON.stringify(request.messages[1])).toContain(said(1).slice(0, 60))
})
