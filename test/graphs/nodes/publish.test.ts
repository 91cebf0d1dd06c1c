import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../graphs/agents/agent-draft.ts'
import { nothingUsed } from '../../../graphs/agents/usage.ts'
import type { Outgoing } from '../../../graphs/context.ts'
import { publish } from '../../../graphs/nodes/publish.ts'
import type { FacetPlan, Judgement, State, TranscriptOrigin } from '../../../graphs/state.ts'
import type { StoredFacet } from '../../../src/database/records.ts'
import { emptyReading } from '../../../src/signals/reading/reading.ts'
import { type Situation, situation } from '../../support/node-run.ts'
import { talk } from '../../support/talk.ts'

const usage = { ...nothingUsed('openai:cast', 'topics/v2'), rounds: 1, costUsd: 0.5, ms: 7 }
const TOPIC = {
  key: 'iab/596',
  taxonomy: 'iab',
  id: '596',
  name: 'Technology & Computing',
  path: [],
  score: 0.5,
  contested: false,
  origin: 'model' as const,
  refs: [{ source: 'transcript' as const, segment: 0, quote: 'a chain of wooden cards' }],
}
const SUITABILITY = {
  key: 'crime',
  category: 'crime',
  name: 'Crime',
  risk: 'high' as const,
  prevalence: 'passing' as const,
  treatment: 'news' as const,
  score: 0.5,
  contested: false,
  origin: 'model' as const,
  refs: TOPIC.refs,
}
const topics = { facet: 'topics' as const, labels: [TOPIC] }
const answered: Draft = { status: 'answered', labels: topics, usage }
const abstained = (again: boolean): Draft => ({ status: 'abstained', reason: 'no answer', again, usage })
const running: FacetPlan = { action: 'run', why: 'first', fingerprint: 'f-topics' }
const plan = (facets: Record<string, FacetPlan>): State['planned'] => ({
  path: 'full',
  reading: 'whole',
  promptTokens: 1,
  facets,
})
const judged: Judgement = {
  verdict: 'accepted',
  findings: [],
  revise: [],
  usage: { ...usage, prompt: 'critique/v1' },
  fingerprint: 'f-critique',
  reused: false,
}
const stored = (facet: string): StoredFacet => ({
  facet,
  fingerprint: `f-${facet}`,
  runId: 'earlier',
  draft: topics,
  provenance: {
    run: 'earlier',
    fingerprint: `f-${facet}`,
    prompt: 'old/v1',
    model: 'openai:old',
    tokens: { input: 1, cached: 0, output: 1 },
    costUsd: 1,
    ms: 1,
  },
  createdAt: 1,
})

async function published(given: Situation = {}): Promise<Outgoing & { status: string | undefined }> {
  const { state, run, outgoing } = situation(given)
  const update = await publish(state, run)
  const [made] = outgoing
  if (made === undefined) throw new Error('nothing was published')
  return { ...made, status: update.published?.status }
}

describe('a document', () => {
  it('is complete if nothing is missing, and partial if an agent, the critic or a withheld label is', async () => {
    expect((await published()).status).toBe('complete')
    const missing = { facet: 'topics', reason: 'no answer' }
    const agent = await published({ state: { abstentions: [missing] } })
    expect([agent.status, agent.document.abstentions]).toEqual(['partial', [missing]])
    const critic = await published({
      state: { judgement: { ...judged, verdict: 'skipped', abstained: { reason: 'too slow', again: true } } },
    })
    expect([critic.status, critic.document.abstentions]).toEqual([
      'partial',
      [{ facet: 'critique', reason: 'too slow' }],
    ])
  })

  it('withholds a doubtful suitability label, says so, and asks people about it', async () => {
    const finding = {
      by: 'critique' as const,
      agent: 'suitability',
      pointer: '/suitability/0',
      key: 'crime',
      severity: 'contest' as const,
      message: 'Is this a risk?',
    }
    const { document, status, reviews, labels } = await published({
      state: {
        assembled: { suitability: { facet: 'suitability', labels: [SUITABILITY] } },
        judgement: { ...judged, findings: [finding] },
      },
    })
    expect(document).toMatchObject({ status: 'partial', suitability: [], critique: { verdict: 'contested' } })
    expect([status, labels]).toEqual(['partial', []])
    expect(document.abstentions).toEqual([
      {
        facet: 'suitability',
        reason: 'awaiting review: Crime',
        withheld: { category: 'crime', name: 'Crime', risk: 'high' },
      },
    ])
    expect(reviews).toMatchObject([{ facet: 'suitability', key: 'crime', question: { findings: [finding] } }])
  })

  it('names as similar at most eight items, none below 0.6, and no score above 1', async () => {
    const near = (itemId: string, score: number) => ({ itemId, score, topics: [], vector: null, textHash: null })
    const items = [near('a', 1.0000002), near('b', 0.6), near('c', 0.599)]
    const neighbourhood = { unavailable: null, space: 'fake@1', items }
    expect((await published({ surroundings: { neighbourhood } })).document.similar).toEqual([
      { itemId: 'a', score: 1 },
      { itemId: 'b', score: 0.6 },
    ])
    const many = { ...neighbourhood, items: Array.from({ length: 12 }, (_, n) => near(`i${n}`, 0.9)) }
    const { similar } = (await published({ surroundings: { neighbourhood: many } })).document
    expect(similar.map(({ itemId }) => itemId)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7'])
  })

  it.each<[string, Judgement | null]>([
    ['skipped', null],
    ['skipped', { ...judged, verdict: 'revise' }],
    ['accepted', judged],
    ['contested', { ...judged, verdict: 'contested' }],
  ])('has the verdict "%s"', async (verdict, judgement) => {
    expect((await published({ state: { judgement } })).document.critique.verdict).toBe(verdict)
  })

  it('says what no agent found support for, of what most items have', async () => {
    const claims: Draft = { status: 'answered', labels: { facet: 'summary', labels: [] }, usage }
    const reuse: FacetPlan = { action: 'reuse', fingerprint: 'f', run: 'earlier' }
    const notes = async (state: Partial<State>) => (await published({ state })).document.provenance.notes
    const none = 'summary: nothing in the texts supports an answer'
    expect(await notes({ drafts: { summary: claims }, planned: plan({ summary: running }) })).toEqual([none])
    expect(await notes({ planned: plan({ summary: reuse }) })).toEqual([none])
    expect(await notes({ planned: plan({ summary: { ...reuse, abstained: 'cannot' } }) })).toEqual([])
    expect(await notes({ drafts: { topics: answered }, planned: plan({ topics: running }) })).toEqual([])
  })

  it('has the same content hash for the same texts, whatever else the publisher says', async () => {
    const hash = async (given: Situation) => (await published(given)).document.item.contentHash
    expect(await hash({ item: talk({ id: 'other', kind: 'video', durationMs: 9 }) })).toBe(await hash({}))
    expect(await hash({ item: talk({ title: 'Cards' }) })).not.toBe(await hash({}))
  })
})

describe('what later runs may reuse', () => {
  const state = (draft: Draft): Partial<State> => ({ drafts: { topics: draft }, planned: plan({ topics: running }) })
  const kept = async (given: Situation) => (await published(given)).facets.map(({ facet, draft }) => [facet, draft])

  it.each<[string, Draft, [string, unknown][]]>([
    ['an answer', answered, [['topics', topics]]],
    ['an abstention that would be repeated', abstained(false), [['topics', { abstained: 'no answer' }]]],
    ['no abstention that another attempt may end', abstained(true), []],
  ])('is %s', async (_, draft, facets) => {
    expect(await kept({ state: state(draft) })).toEqual(facets)
  })

  it("is the critic's judgement, if it was made in this run", async () => {
    expect(await kept({ state: { judgement: judged } })).toEqual([['critique', { findings: [] }]])
    expect(await kept({ state: { judgement: { ...judged, usage: null, fingerprint: null } } })).toEqual([])
    const earlier = new Map([['critique', stored('critique')]])
    const reused = { ...judged, usage: null, reused: true }
    expect(await kept({ state: { judgement: reused }, intake: { earlier } })).toEqual([])
  })

  it('is nothing that was made without vectors although they were wanted', async () => {
    const surroundings = { reading: emptyReading, vectorsAway: true }
    expect(await kept({ state: { ...state(answered), judgement: judged }, surroundings })).toEqual([])
  })

  it('has the run, model and cost that it came from', async () => {
    const earlier = new Map(['summary', 'entities', 'critique'].map((facet) => [facet, stored(facet)]))
    const reuse: FacetPlan = { action: 'reuse', fingerprint: 'f-summary', run: 'earlier' }
    const { document } = await published({
      intake: { earlier },
      state: {
        drafts: { topics: answered },
        planned: plan({ topics: running, summary: reuse, entities: { action: 'skip', why: 'no text' } }),
        judgement: { ...judged, usage: null, reused: true },
      },
    })
    const { tokens, model, ms, costUsd } = usage
    expect(document.provenance.facets).toEqual({
      topics: { run: 'this-run', fingerprint: 'f-topics', prompt: 'topics/v2', model, tokens, ms, costUsd },
      summary: stored('summary').provenance,
      critique: stored('critique').provenance,
    })
  })
})

describe('an item that comes again unchanged', () => {
  const hash = async (given: Situation) => (await published(given)).intakeHash
  const origin: TranscriptOrigin = { chosen: null, missing: 'none', again: false, considered: [], chapters: null }
  const nearby = { unavailable: 'away', again: false, count: 0, duplicateOf: null, ms: 0 }
  const critic = (again: boolean): Judgement => ({ ...judged, abstained: { reason: 'too slow', again } })
  const chapters = (again: boolean): TranscriptOrigin => ({ ...origin, chapters: { reason: 'gone', again } })

  it.each<[string, Situation, Situation]>([
    ['vectors', { surroundings: { vectorsAway: true } }, { surroundings: { vectorsAway: false } }],
    ['neighbours', { state: { nearby: { ...nearby, again: true } } }, { state: { nearby } }],
    [
      'the transcript',
      { state: { transcriptOrigin: { ...origin, again: true } } },
      { state: { transcriptOrigin: origin } },
    ],
    [
      'linked chapters',
      { state: { transcriptOrigin: chapters(true) } },
      { state: { transcriptOrigin: chapters(false) } },
    ],
    ['the critic', { state: { judgement: critic(true) } }, { state: { judgement: critic(false) } }],
    [
      'an agent',
      { state: { drafts: { topics: abstained(true) } } },
      { state: { drafts: { topics: abstained(false) } } },
    ],
  ])('is looked at again if %s failed for now only', async (_, forNow, forGood) => {
    const ended = await hash({})
    expect(await hash(forGood)).toBe(ended)
    expect(await hash(forNow)).not.toBe(ended)
  })
})
