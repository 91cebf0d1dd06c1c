import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../graphs/agents/agent-draft.ts'
import { nothingUsed } from '../../../graphs/agents/usage.ts'
import { assemble } from '../../../graphs/nodes/assemble.ts'
import type { Assembled, FacetPlan, State } from '../../../graphs/state.ts'
import type { Intake } from '../../../graphs/workspace.ts'
import type { Chapter } from '../../../src/content/labels/chapter-label.ts'
import type { FacetLabels } from '../../../src/content/labels/label-types.ts'
import type { Abstention } from '../../../src/content/understanding-schema.ts'
import type { Decision } from '../../../src/database/records.ts'
import { type Situation, situation } from '../../support/node-run.ts'
import { talk } from '../../support/talk.ts'

const usage = nothingUsed('openai:cast', 'a/v1')
const answered = (labels: FacetLabels): Draft => ({ status: 'answered', labels, usage })
const claims = (...texts: string[]): FacetLabels => ({
  facet: 'summary',
  labels: texts.map((text) => ({ key: text, text, short: false, refs: [] })),
})
const EXPLICIT = {
  key: 'explicit',
  name: 'explicit' as const,
  value: 'clean',
  score: 0.4,
  contested: false,
  origin: 'model' as const,
  refs: [],
}
const attributes: FacetLabels = { facet: 'attributes', labels: [EXPLICIT] }
const planned = (facets: Record<string, FacetPlan>): Partial<State> => ({
  planned: { path: 'full', reading: 'whole', promptTokens: 1, facets },
})
const kept = (facet: string, draft: unknown): Partial<Intake> => {
  const { model, prompt, tokens } = usage
  const provenance = { run: 'earlier', fingerprint: 'f', model, prompt, tokens, costUsd: 0, ms: 0 }
  const stored = { facet, fingerprint: 'f', runId: 'earlier', draft, provenance, createdAt: 1 }
  return { earlier: new Map([[facet, stored]]) }
}
const reuse: FacetPlan = { action: 'reuse', fingerprint: 'f', run: 'earlier' }

async function assembledOf(given: Situation): Promise<{ assembled: Assembled; abstentions: readonly Abstention[] }> {
  const { state, run } = situation(given)
  const { assembled, abstentions } = await assemble(state, run)
  if (!assembled || !Array.isArray(abstentions)) throw new Error('nothing is assembled')
  return { assembled, abstentions }
}

describe('the labels of a facet', () => {
  it('are those of the draft of this run, even if earlier ones are kept', async () => {
    const state = { ...planned({ summary: reuse }), drafts: { summary: answered(claims('new')) } }
    const { assembled } = await assembledOf({ state, intake: kept('summary', claims('old')) })
    expect(assembled.summary).toEqual(claims('new'))
  })

  it('are the kept ones if the facet is reused', async () => {
    const given = { state: planned({ summary: reuse }), intake: kept('summary', claims('old')) }
    expect((await assembledOf(given)).assembled.summary).toEqual(claims('old'))
  })

  it("are the publisher's chapters, whatever an agent made of the item", async () => {
    const untimed = { startMs: null, endMs: null, timing: null }
    const mine: Chapter = { ...untimed, key: 'k', title: 'Mine', firstSegment: 0, lastSegment: 3, origin: 'model' }
    const own: FacetLabels = { facet: 'chapters', labels: [mine] }
    const drafts = { chapters: answered(own) }
    const declared = talk({ chapters: [{ startMs: 0, title: 'Lyon' }], durationMs: 9000 })
    const { assembled } = await assembledOf({ item: declared, state: { drafts } })
    expect(assembled.chapters?.labels).toMatchObject([{ title: 'Lyon', origin: 'publisher', startMs: 0, endMs: 9000 }])
    expect((await assembledOf({ state: { drafts } })).assembled.chapters).toEqual(own)
  })

  it('contain what the publisher says about explicit words instead of what was measured', async () => {
    const drafts = { attributes: answered(attributes) }
    const of = async (explicit?: boolean) =>
      (await assembledOf({ item: talk({ explicit }), state: { drafts } })).assembled.attributes?.labels
    expect(await of(true)).toMatchObject([{ key: 'explicit', value: 'explicit', origin: 'publisher', score: 1 }])
    expect(await of(false)).toEqual([EXPLICIT])
    expect(await of()).toEqual([EXPLICIT])
  })

  it('end with what people decided, over agents and publishers', async () => {
    const decided = (facet: string, key: string): Decision => {
      return { facet, key, action: 'reject', value: null, note: null, by: 'editor', at: 1 }
    }
    const { assembled } = await assembledOf({
      item: talk({ explicit: true }),
      state: { drafts: { summary: answered(claims('one', 'two')) } },
      intake: { decisions: [decided('summary', 'one'), decided('attributes', 'explicit')] },
    })
    expect(assembled).toEqual({ summary: claims('two'), attributes: { facet: 'attributes', labels: [] } })
  })
})

describe('the document says that', () => {
  const abstained: Draft = { status: 'abstained', reason: 'm took too long', again: true, usage }
  const origin = { chosen: null, missing: null, again: false, considered: [], chapters: null }
  const nearby = { unavailable: 'the index is away', again: true, count: 0, duplicateOf: null, ms: 0 }

  it.each<[string, Situation, Abstention[]]>([
    [
      'an agent gave no answer',
      { state: { drafts: { topics: abstained } } },
      [{ facet: 'topics', reason: 'm took too long' }],
    ],
    [
      'a reused answer is that there are no labels',
      { state: planned({ topics: { ...reuse, abstained: 'm reads en only' } }), intake: kept('topics', claims()) },
      [{ facet: 'topics', reason: 'm reads en only' }],
    ],
    [
      'an agent had nothing to read',
      { state: planned({ chapters: { action: 'skip', why: 'there is no transcript' } }) },
      [{ facet: 'chapters', reason: 'there is no transcript' }],
    ],
    [
      'there is no transcript, no linked chapters and no neighbours',
      {
        state: {
          transcriptOrigin: { ...origin, missing: 'no audio', chapters: { reason: 'gone', again: true } },
          nearby,
        },
      },
      [
        { facet: 'transcript', reason: 'no audio' },
        { facet: 'chapters', reason: 'gone' },
        { facet: 'similar', reason: 'neighbours were not looked at: the index is away' },
      ],
    ],
    [
      "nothing is missing if the publisher's chapters stand and no index is configured",
      {
        state: {
          ...planned({ chapters: { action: 'skip', why: "the publisher's chapters stand" } }),
          transcriptOrigin: origin,
          nearby: { ...nearby, unavailable: 'no embedder is configured', again: false },
        },
      },
      [],
    ],
  ])('%s', async (_, given, abstentions) => {
    expect((await assembledOf(given)).abstentions).toEqual(abstentions)
  })
})
