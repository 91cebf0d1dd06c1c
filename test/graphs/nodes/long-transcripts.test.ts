import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk } from '../../support/desk.ts'
import { said, talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const bound = (maxTranscriptChars: number) => ({ settings: { maxTranscriptChars } })
const whole = talk().transcripts

describe('a transcript above the bound', () => {
  it('leaves the item with its metadata, and the document says what is missing, what the bound is and how to raise it', async () => {
    const { model, agents } = cast({})
    const { run, document } = await openDesk(database, { chat: model, ...bound(500) }).understand(talk())
    expect([run.status, document.texts.transcript]).toEqual(['partial', undefined])
    expect(document.texts.title).toBeDefined()
    expect(agents()).toContain('topics')
    const missing = document.abstentions.find(({ facet }) => facet === 'transcript')
    expect(missing?.reason).toMatch(
      /^transcripts\/0: The transcript has 1,\d{3} characters; at most 500 are worked through.*LINERNOTES_MAX_TRANSCRIPT_CHARS/,
    )
  })

  it('is replaced by another transcript of the item that is within the bound', async () => {
    const transcripts = [...whole, { text: said(0) }]
    const { document, run } = await openDesk(database, bound(500)).understand(talk({ transcripts }))
    expect([run.status, document.texts.transcript?.chars]).toEqual(['complete', said(0).length])
  })

  it('is read after the bound was raised, when the item comes again', async () => {
    const desk = openDesk(database, bound(500))
    const { document: without } = await desk.understand(talk())
    const raised = openDesk(database, { tenant: desk.tenant, ...bound(5000) })
    const { document, run } = await raised.understand(talk())
    expect([without.texts.transcript, without.version]).toEqual([undefined, 1])
    expect([run.status, document.version, document.texts.transcript?.chars]).toEqual([
      'complete',
      2,
      whole[0]?.text?.length,
    ])
  })
})
