import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toJsonLd } from '../../../src/content/formats/jsonld.ts'
import { toOpenRtbContent } from '../../../src/content/formats/openrtb.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { extractive } from '../../../src/models/extractive/extractive-model.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'
import { said, talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
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

  it("keeps a summary in a model's own words, and loses claims that copy the text", async () => {
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
  it('does not repeat in words of the transcript what the verifier found', async () => {
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

describe('an item whose rights allow clips', () => {
  it('has no more than 90 characters of its text in one piece, in any format of a document of the embedded engine', async () => {
    const desk = openDesk(database, { chat: () => extractive() })
    const full = await desk.understand(talk(), { effort: 'thorough' })
    const { document } = await desk.understand(talk({ rights: 'clipped' }), { effort: 'thorough' })
    const told = full.document.summary?.claims ?? []
    const claims = document.summary?.claims ?? []
    expect(told.filter(({ text }) => text.length > 90).length).toBeGreaterThan(0)
    expect(claims).toHaveLength(told.length)
    claims.forEach(({ text }, n) => {
      expect(text.length).toBeLessThanOrEqual(91)
      expect(told[n]?.text.startsWith(text.replace(/…$/, ''))).toBe(true)
      if (text !== told[n]?.text) expect(text).toMatch(/[\p{L}\p{N},]…$/u)
    })
    expect(document.summary?.long).toBe(claims.map(({ text }) => text).join(' '))
    const spoken = [0, 1, 2, 3].map(said)
    const pieces = (text: string) =>
      spoken.flatMap((part) =>
        Array.from({ length: Math.max(0, part.length - 91) }, (_, at) => part.slice(at, at + 92)).filter((piece) =>
          text.includes(piece),
        ),
      )
    expect(pieces(JSON.stringify(full.document)).length).toBeGreaterThan(0)
    for (const one of [document, toJsonLd(document), toOpenRtbContent(document)])
      expect(pieces(JSON.stringify(one))).toEqual([])
    expect(document.provenance.notes).toContainEqual(
      expect.stringMatching(/^summary: \d+ of \d+ claims shortened: .* rights allow clips only$/),
    )
  })

  it("keeps words of a model's own complete, however long they are", async () => {
    const own =
      'Chains of punched cards told the machines of the weavers what to do, long before anyone had thought of computers.'
    const copied = `${said(0).slice(14, 118)} wove.`
    const claim = (text: string) => ({ text, evidence: [{ segment: 0, quote: 'a chain of wooden cards' }] })
    const summary = () => submits('summary', { claims: [claim(own), claim(copied)] })
    const { document } = await openDesk(database, { chat: cast({ summary }).model }).understand(
      talk({ rights: 'clipped' }),
    )
    const [first, second] = document.summary?.claims ?? []
    expect(first?.text).toBe(own)
    expect(second?.text).toMatch(/^The first looms .{40,75}…$/)
    expect(document.provenance.notes).toContainEqual(expect.stringMatching(/^summary: 1 of 2 claims shortened/))
  })
})
