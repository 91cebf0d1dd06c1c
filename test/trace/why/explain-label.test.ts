import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Understanding } from '../../../src/content/understanding-schema.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { extractive } from '../../../src/models/extractive/extractive-model.ts'
import { explainLabel, runsBehind } from '../../../src/trace/why/explain-label.ts'
import { Why } from '../../../src/trace/why/why-answer.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../../support/desk.ts'
import { talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

type Desk = ReturnType<typeof openDesk>

/** As the route asks: with the runs behind the facet, and decisions as they stand. */
async function ask(desk: Desk, document: Understanding, pointer: string, without: readonly string[] = []) {
  const { trace, decisions, runs } = desk.repositories
  const behind = runsBehind(document, pointer.split('/')[1] ?? '').filter((id) => !without.includes(id))
  const loaded = await Promise.all(behind.map(async (id) => [id, await trace.load(id)] as const))
  return explainLabel(pointer, {
    document,
    runs: new Map(loaded),
    decisions: await decisions.forItem(document.item.id),
    item: await runs.item(document.provenance.runId),
  })
}

async function why(...args: Parameters<typeof ask>): Promise<Why> {
  const found = await ask(...args)
  if (found.kind !== 'why') throw new Error(found.message)
  // What the interface answers is what its schema says.
  return Why.parse(found.why)
}

const told = ({ story }: Why): string => story.map(({ text }) => text).join('\n')

const PAYROLLS = { segment: 3, quote: 'they drove the payrolls of factories' }
const RIOT = { segment: 2, quote: 'in one night of rioting' }
const crime = (evidence: (typeof RIOT)[] = [RIOT], prevalence = 'passing') => ({
  categories: [{ category: 'crime-harmful-acts', prevalence, treatment: 'documentary', evidence }],
})
const topic = (id: string, evidence: (typeof RIOT)[] = [PAYROLLS]) => ({ topics: [{ id, evidence }] })

/** Looks a node up, is told that its first answer names none, and then answers. */
const searching: Part = (_, times) => {
  if (times === 0) return { toolCalls: [{ id: 'a', name: 'lookup_taxonomy', args: { query: 'Textiles', by: 'name' } }] }
  if (times === 1) return submits('topics', topic('no-such-node'))
  return submits('topics', topic('52'))
}

describe('why a label is there', () => {
  it('is told of a claim too of which rights let only the beginning be published', async () => {
    const desk = openDesk(database, { chat: () => extractive() })
    const { document } = await desk.understand(talk({ rights: 'clipped' }), { effort: 'quick' })
    const n = document.summary?.claims.findIndex(({ text }) => text.endsWith('…')) ?? -1
    const answer = await why(desk, document, `/summary/claims/${n}`)
    expect(answer.proposed).toMatchObject({ agent: 'summary', pointer: expect.stringMatching(/^\/claims\/\d+$/) })
    expect(answer.missing).toEqual([])
  })

  it('goes from the label back to the answer that proposed it and what tools had said before', async () => {
    const desk = openDesk(database, { chat: cast({ topics: searching }).model })
    const { run, document } = await desk.understand(talk(), { effort: 'quick' })
    const answer = await why(desk, document, '/topics/0')
    expect(answer).toMatchObject({
      item: 'looms',
      version: 1,
      facet: 'topics',
      origin: 'model',
      run: run.id,
      madeBy: run.id,
      reused: false,
      evidence: [{ quote: PAYROLLS.quote, segment: 3 }],
      proposed: {
        exchange: 'topics.0.chat.2',
        round: 0,
        agent: 'topics',
        model: 'openai:cast',
        prompt: 'topics/v2',
        pointer: '/topics/0',
        wrote: { id: '52', evidence: [PAYROLLS] },
      },
      seen: [{ exchange: 'topics.0.chat.0', tool: 'lookup_taxonomy', arguments: { query: 'Textiles' } }],
      revisions: [],
      decision: null,
      declared: null,
      missing: [],
    })
    expect(told(answer)).toContain(
      'The topics agent proposed it (openai:cast with the prompt topics/v2), in topics.0.chat.2',
    )
    expect(told(answer)).toMatch(/called lookup_taxonomy|called 1 tool/)
    expect(told(answer)).toContain('The verifier found its words in the text; the critic was not asked.')
    // What was sent back is in the trace; it is not what proposed the label.
    expect(answer.proposed?.exchange).not.toBe('topics.0.chat.1')
  })

  it('names the candidate that the prompt offered', async () => {
    const offered: Part = ({ messages }) => {
      const task = JSON.stringify(messages.at(-1)?.content)
      const id = /\\"taxonomy\\":\\"iab-content-3.1\\",\\"id\\":\\"([^\\]+)/.exec(task)?.[1] ?? ''
      return submits('topics', topic(id))
    }
    const desk = openDesk(database, { chat: cast({ topics: offered }).model })
    const { document } = await desk.understand(talk(), { effort: 'quick' })
    const answer = await why(desk, document, '/topics/0')
    expect(answer.proposed?.offered).toMatchObject({ id: document.topics[0]?.id, score: expect.any(Number) })
    expect(told(answer)).toMatch(/offered the label as a candidate, measured at 0\.\d+/)
  })

  it("says that the publisher's categories had named it, where they had", async () => {
    const desk = openDesk(database, { chat: cast({ topics: () => submits('topics', topic('52')) }).model })
    const { document } = await desk.understand(talk({ categories: ['Business'] }), { effort: 'quick' })
    expect(told(await why(desk, document, '/topics/0'))).toMatch(
      /offered the label as a candidate, measured at [\d.]+, and marked as one that the publisher's categories name\./,
    )
  })

  it('tells what the critic found, and what the revision changed because of it', async () => {
    const critic: Part = (_, times) =>
      submits('critique', {
        findings:
          times === 0
            ? [{ agent: 'suitability', pointer: '/suitability/0', severity: 'revise', message: 'How much of it?' }]
            : [],
      })
    const desk = openDesk(database, {
      chat: cast({
        critique: critic,
        suitability: (_, times) => submits('suitability', times === 0 ? crime() : crime([RIOT], 'recurring')),
      }).model,
    })
    const { document } = await desk.understand(talk(), { effort: 'thorough' })
    const answer = await why(desk, document, '/suitability/0/prevalence')
    expect(answer.pointer).toBe('/suitability/0')
    expect(answer.proposed).toMatchObject({ exchange: 'suitability.0.chat.0', round: 0 })
    expect(answer.findings).toMatchObject([{ by: 'critique', about: 'label', round: 0, message: 'How much of it?' }])
    expect(answer.revisions).toMatchObject([
      {
        exchange: 'suitability.1.chat.0',
        round: 1,
        how: 'changed',
        differences: [{ pointer: '/prevalence', was: 'passing', is: 'recurring' }],
      },
    ])
    expect(told(answer)).toContain('The critic found (revise): How much of it?\nRevision 1 changed it: /prevalence.')
  })

  it('tells the words that the verifier threw out, and a label that a revision brought in', async () => {
    const claims = [
      {
        text: 'Looms read cards.',
        evidence: [
          { segment: 0, quote: 'a chain of wooden cards' },
          { segment: 0, quote: 'cards of pure gold' },
        ],
      },
    ]
    const more = { text: 'They drove payrolls.', evidence: [PAYROLLS] }
    const desk = openDesk(database, {
      chat: cast({
        summary: (_, times) =>
          submits('summary', {
            claims:
              times === 0
                ? claims
                : [...claims.map((claim) => ({ ...claim, evidence: claim.evidence.slice(0, 1) })), more],
          }),
      }).model,
    })
    const { document } = await desk.understand(talk(), { effort: 'thorough' })
    const [first, second] = [
      await why(desk, document, '/summary/claims/0'),
      await why(desk, document, '/summary/claims/1'),
    ]
    expect(first.findings).toMatchObject([
      { by: 'verify', about: 'label', message: expect.stringContaining('cards of pure gold') },
    ])
    expect(first.revisions.map(({ how }) => how)).toEqual(['changed'])
    expect(second.proposed).toMatchObject({ round: 1, exchange: 'summary.1.chat.0' })
    expect(second.revisions).toMatchObject([{ how: 'added', round: 1 }])
    expect(second.findings).toMatchObject([{ about: 'facet' }])
  })

  it('tells that the critic was asked and gave no answer', async () => {
    const critique: Part = () => ({ content: 'All fine.' })
    const desk = openDesk(database, { chat: cast({ critique, topics: () => submits('topics', topic('52')) }).model })
    const { document } = await desk.understand(talk(), { effort: 'thorough' })
    expect(told(await why(desk, document, '/topics/0'))).toContain('the critic was asked and gave no answer')
  })

  it('names the person whose decision stands over it, and the earlier run that a facet is reused from', async () => {
    const contest: Part = () =>
      submits('critique', {
        findings: [
          { agent: 'suitability', pointer: '/suitability/0', severity: 'contest', message: 'Is this a risk?' },
        ],
      })
    const desk = openDesk(database, {
      chat: cast({
        critique: contest,
        suitability: () => submits('suitability', crime()),
        topics: () => submits('topics', topic('52')),
      }).model,
    })
    const first = await desk.understand(talk(), { effort: 'thorough' })
    expect(await ask(desk, first.document, '/suitability/0')).toMatchObject({ kind: 'unknown' })
    const [review] = (await desk.repositories.reviews.list({ status: 'open' }, {})).entries
    const decided = await desk.runs.decide(review?.id ?? '', {
      action: 'amend',
      value: { treatment: 'news' },
      note: 'a riot',
      by: 'Mo',
      at: Date.UTC(2026, 0, 31),
    })
    await desk.runs.wait(decided?.run?.id ?? '')
    const document = await desk.repositories.understandings.current('looms')
    if (document === null) throw new Error('nothing is published')
    const answer = await why(desk, document, '/suitability/0')
    expect(answer).toMatchObject({
      origin: 'person',
      version: 2,
      run: decided?.run?.id,
      madeBy: first.run.id,
      reused: true,
      proposed: { run: first.run.id, exchange: 'suitability.0.chat.0' },
      decision: { action: 'amend', by: 'Mo', note: 'a riot', applied: true, value: { treatment: 'news' } },
      findings: [{ message: 'Is this a risk?', run: first.run.id, about: 'label' }],
    })
    expect(told(answer)).toContain(
      'Mo amended it on 2026-01-31: “a riot”. The decision stands over all later versions.',
    )
    expect(told(answer)).toContain(`The facet was reused from run ${first.run.id}`)
    expect(await why(desk, document, '/topics/0')).toMatchObject({
      reused: true,
      decision: null,
      proposed: { run: first.run.id },
    })
  })

  it("says where the publisher's own labels come from", async () => {
    const desk = openDesk(database)
    const { document } = await desk.understand(
      talk({
        id: 'declared',
        explicit: true,
        chapters: [
          { startMs: 0, title: 'Looms' },
          { startMs: 60_000, title: 'Engines' },
        ],
      }),
      { effort: 'quick' },
    )
    expect(await why(desk, document, '/chapters/1')).toMatchObject({
      origin: 'publisher',
      name: 'Engines',
      proposed: null,
      madeBy: null,
      declared: { source: 'item', pointer: '/chapters/1' },
    })
    expect(await why(desk, document, '/attributes/explicit')).toMatchObject({
      declared: { source: 'item', pointer: '/explicit' },
    })
  })

  it('finds chapters by where they begin', async () => {
    const chapters: Part = () =>
      submits('chapters', {
        chapters: [
          { title: 'Looms', firstSegment: 1 },
          { title: 'What remains', firstSegment: 3 },
        ],
      })
    const desk = openDesk(database, { chat: cast({ chapters }).model })
    const { document } = await desk.understand(talk(), { effort: 'quick' })
    expect((await why(desk, document, '/chapters/0')).proposed).toMatchObject({
      pointer: '/chapters/0',
      wrote: { firstSegment: 1 },
    })
    expect((await why(desk, document, '/chapters/1')).proposed).toMatchObject({
      pointer: '/chapters/1',
      wrote: { firstSegment: 3 },
    })
  })

  it('says what cannot be told any more where a run is gone', async () => {
    const desk = openDesk(database, { chat: cast({ topics: searching }).model })
    const { run, document } = await desk.understand(talk(), { effort: 'quick' })
    const answer = await why(desk, document, '/topics/0', [run.id])
    expect(answer.proposed).toBeNull()
    expect(answer.missing).toEqual([`What run ${run.id} recorded is gone: more cannot be told of it.`])
    expect(answer.evidence).toHaveLength(1)
  })

  it('helps with pointers that point at nothing', async () => {
    const desk = openDesk(database, { chat: cast({ topics: searching }).model })
    const { document } = await desk.understand(talk(), { effort: 'quick' })
    for (const [pointer, kind] of [
      ['topics/0', 'malformed'],
      ['', 'malformed'],
      ['/topics/~2', 'malformed'],
      ['/topics/9', 'unknown'],
      ['/topics/0/nonsense', 'unknown'],
      ['/topics', 'unknown'],
      ['/__proto__/x', 'unknown'],
    ])
      expect(await ask(desk, document, pointer ?? '')).toMatchObject({
        kind,
        message: expect.stringContaining('/topics/0'),
      })
  })
})
