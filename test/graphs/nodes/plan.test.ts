import { describe, expect, it } from 'vitest'
import { AGENT_NAMES } from '../../../graphs/agents/registry.ts'
import { plan } from '../../../graphs/nodes/plan.ts'
import type { FacetPlan, Plan } from '../../../graphs/state.ts'
import type { StoredFacet } from '../../../src/database/records.ts'
import { estimateTokens } from '../../../src/models/tokens.ts'
import { cast } from '../../support/desk.ts'
import { type Situation, situation } from '../../support/node-run.ts'
import { talk } from '../../support/talk.ts'

async function planned(given: Situation = {}): Promise<Plan> {
  const { state, run } = situation(given)
  const { planned } = await plan(state, run)
  if (!planned) throw new Error('nothing is planned')
  return planned
}
const facet = async (name: string, given: Situation): Promise<FacetPlan | undefined> =>
  (await planned(given)).facets[name]

const NO_LABELS = { facet: 'topics', labels: [] }
const kept = (fingerprint: string, draft: unknown): StoredFacet => ({
  facet: 'topics',
  fingerprint,
  runId: 'earlier',
  draft,
  provenance: {
    run: 'earlier',
    fingerprint,
    prompt: 'topics/v2',
    model: 'openai:cast',
    tokens: { input: 1, cached: 0, output: 1 },
    costUsd: 0,
    ms: 1,
  },
  createdAt: 1,
})
const keptBefore = (fingerprint: string, draft: unknown): Situation => ({
  intake: { earlier: new Map([['topics', kept(fingerprint, draft)]]) },
})

describe('a facet', () => {
  it('runs if the item comes for the first time', async () => {
    const { facets, path } = await planned()
    expect(path).toBe('full')
    expect(Object.keys(facets)).toEqual(AGENT_NAMES)
    for (const each of Object.values(facets)) expect(each).toMatchObject({ action: 'run', why: 'first' })
  })

  it('is reused if what determines it is as before, and no other facet is', async () => {
    const first = await facet('topics', {})
    const fingerprint = first?.action === 'run' ? first.fingerprint : ''
    const { facets } = await planned(keptBefore(fingerprint, NO_LABELS))
    expect(facets.topics).toEqual({ action: 'reuse', fingerprint, run: 'earlier' })
    expect(facets.summary).toMatchObject({ action: 'run', why: 'first' })

    const abstention = { abstained: 'm reads en only' }
    expect(await facet('topics', keptBefore(fingerprint, abstention))).toEqual({
      action: 'reuse',
      fingerprint,
      run: 'earlier',
      ...abstention,
    })
    const asked = { ...keptBefore(fingerprint, NO_LABELS), settings: { requested: ['topics'] } }
    expect(await facet('topics', asked)).toEqual({ action: 'run', why: 'requested', fingerprint })
    expect(await facet('topics', keptBefore(fingerprint, { labels: 'of an older form' }))).toEqual({
      action: 'run',
      why: 'changed',
      fingerprint,
    })
  })

  it('runs if what determines it has changed', async () => {
    expect(await facet('topics', keptBefore('another', NO_LABELS))).toMatchObject({ action: 'run', why: 'changed' })
  })

  it('is skipped if it is the chapters and the publisher declares them, in a list or as headings', async () => {
    const why = "the publisher's chapters stand"
    const listed = talk({ chapters: [{ startMs: 0, title: 'Lyon' }] })
    const headed = talk({ transcripts: [{ text: '# Lyon\n\nThe first looms were built here.\n' }] })
    for (const item of [listed, headed])
      expect(await facet('chapters', { item, settings: { requested: ['chapters'] } })).toEqual({ action: 'skip', why })
  })

  it('is skipped if it is the chapters and there is no transcript; the others read the metadata', async () => {
    const { path, facets } = await planned({ item: talk({ transcripts: [] }) })
    expect(path).toBe('metadata')
    expect(facets.chapters).toEqual({ action: 'skip', why: 'there is no transcript' })
    expect(facets.topics).toMatchObject({ action: 'run' })
  })

  it('is skipped if there are no words at all', async () => {
    const item = talk({ title: ' ', description: '', transcripts: [] })
    for (const name of AGENT_NAMES.filter((name) => name !== 'chapters'))
      expect(await facet(name, { item })).toEqual({ action: 'skip', why: 'there is no text to read' })
  })
})

describe('a transcript', () => {
  const tokens = estimateTokens(situation().run.workspace.block())
  const fits = (contextTokens: number) => cast({}, { contextTokens }).model
  const reading = async (chat: ReturnType<typeof fits>, item = talk()) =>
    (await planned({ item, ports: { chat } })).reading

  it('is read whole if it and 9000 tokens more fit into the model, at most half of which is for these', async () => {
    expect(await reading(fits(2 * tokens))).toBe('whole')
    expect(await reading(fits(2 * tokens - 1))).toBe('outline')
    const long = talk({
      transcripts: [{ text: Array.from({ length: 3000 }, (_, n) => `The loom ${n} reads one card.`).join(' ') }],
    })
    const many = estimateTokens(situation({ item: long }).run.workspace.block())
    expect(many).toBeGreaterThan(9000)
    expect(await reading(fits(many + 9000), long)).toBe('whole')
    expect(await reading(fits(many + 8999), long)).toBe('outline')
  })

  it('is read as an outline by all if it does not fit into the model of one agent', async () => {
    const chat = (agent: string) => fits(agent === 'entities' ? 10 : 128_000)(agent)
    expect(await reading(chat)).toBe('outline')
  })
})
