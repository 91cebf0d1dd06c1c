import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/connection.ts'
import { extractive } from '../../src/models/extractive/extractive.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, submits } from '../support/desk.ts'
import { said, talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
}, 120_000)
afterAll(() => database.close())

/** Runs of words that a document says and the talk says, too. */
const shared = (document: unknown, words: number): string[] => {
  const spoken = [0, 1, 2, 3].map(said).join(' ').split(' ')
  const text = JSON.stringify(document)
  return spoken
    .map((_, n) => spoken.slice(n, n + words).join(' '))
    .filter((run, n) => n + words <= spoken.length && text.includes(run))
}

describe('an item whose rights allow offsets alone', () => {
  it('has no sentence of its transcript in a document of the embedded engine, and the document says why', async () => {
    const desk = () => openDesk(database, { chat: () => extractive() })
    const full = await desk().understand(talk())
    expect(shared(full.document, 6).length).toBeGreaterThan(0)
    const { document } = await desk().understand(talk({ rights: 'offsets' }))
    expect(shared(document, 6)).toEqual([])
    expect(document.summary).toBeNull()
    expect(document.provenance.notes).toContainEqual(
      expect.stringMatching(/^summary: (\d+) of \1 claims left out: .* rights allow offsets only$/),
    )
    expect(document.status).toBe(full.document.status)
    expect(document.topics.length).toBe(full.document.topics.length)
  })

  it('keeps the summary that a model has put in its own words, and loses the claims that it has copied', async () => {
    const copied = 'every card stood for one row of the cloth'
    const claim = (text: string) => ({ text, evidence: [{ segment: 0, quote: copied }] })
    const summary = () =>
      submits('summary', { claims: [claim(`And ${copied}.`), claim('A chain of cards told the loom what to do.')] })
    const critique = () =>
      submits('critique', {
        findings: [
          { agent: 'summary', pointer: '/summary/claims/0', severity: 'info', message: `"${copied}": copied` },
        ],
      })
    const desk = openDesk(database, { chat: cast({ summary, critique }).model })
    const { document } = await desk.understand(talk({ rights: 'offsets' }), { effort: 'thorough' })
    expect(document.critique.findings).toMatchObject([{ pointer: '/summary/claims/0', severity: 'info' }])
    expect(document.summary).toMatchObject({
      short: 'A chain of cards told the loom what to do.',
      claims: [{ evidence: [{ segment: 0, match: 'verbatim' }] }],
    })
    expect(JSON.stringify(document)).not.toContain(copied)
    expect(document.provenance.notes).toContainEqual(expect.stringMatching(/^summary: 1 of 2 claims left out/))
  })
  it('does not say what the verifier found in words of the transcript', async () => {
    const copied = 'every card stood for one row of the cloth'
    const garbled = `${copied} and the weavers of every town were glad about it`
    const refs = [
      { segment: 0, quote: copied },
      { segment: 0, quote: garbled },
    ]
    const summary = () => submits('summary', { claims: [{ text: `And ${copied}.`, evidence: refs }] })
    const topics = () => submits('topics', { topics: [{ id: '596', evidence: refs }] })
    const desk = openDesk(database, { chat: cast({ summary, topics }).model })
    const { document } = await desk.understand(talk({ rights: 'offsets' }), { effort: 'quick' })
    expect(document.critique.findings.map(({ by, pointer }) => `${by} ${pointer}`).sort()).toEqual([
      'verify /summary',
      'verify /topics',
    ])
    expect(JSON.stringify(document)).not.toContain(copied)
  })
})
