import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nothingUsed } from '../../../graphs/agents/usage.ts'
import { critique } from '../../../graphs/nodes/critique.ts'
import type { Assembled, FacetPlan, Judgement, State, Verification } from '../../../graphs/state.ts'
import type { Effort, Finding } from '../../../src/content/understanding-schema.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { viewRun } from '../../../src/http/pages/run/view.ts'
import { ModelError } from '../../../src/models/chat-model.ts'
import { createScriptedModel } from '../../../src/models/scripted-model.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../../support/desk.ts'
import { type Situation, situation } from '../../support/node-run.ts'
import { talk } from '../../support/talk.ts'

const topics: Part = () => submits('topics', { topics: [{ id: '596', evidence: [{ segment: 3 }] }] })

describe('a critic that abstains', () => {
  let database: Database
  beforeAll(async () => {
    database = await openMemory()
  })
  afterAll(() => database.close())

  it('judges nothing: the document is partial and says so, and the next run asks again', async () => {
    const judging: Part = (_, times) =>
      times === 0 ? new ModelError('timeout', 'm took too long') : submits('critique', { findings: [] })
    const stage = cast({ topics, critique: judging })
    const desk = openDesk(database, { chat: stage.model })
    const { document } = await desk.understand(talk(), { effort: 'thorough' })
    expect(document).toMatchObject({ status: 'partial', critique: { verdict: 'skipped' } })
    expect(document.abstentions).toEqual([{ facet: 'critique', reason: 'm took too long' }])
    expect(document.topics).toHaveLength(1)
    expect(await desk.repositories.facets.latest('looms', 'critique')).toBeNull()

    const again = await desk.understand(talk(), { effort: 'thorough' })
    expect(again.asked.filter((call) => call.includes('.chat.'))).toEqual(['critique.0.chat.0'])
    expect(again.document).toMatchObject({ status: 'complete', abstentions: [], critique: { verdict: 'accepted' } })
  })

  it.each([
    ['has answered', () => submits('topics', { topics: [{ id: '596', evidence: [{ segment: 3 }] }] }), false],
    ['had no answer either', () => new ModelError('timeout', 'm took too long'), true],
  ])(
    'keeps its objections to labels that were not revised, if the agent that was asked again %s',
    async (_, revises, stands) => {
      const asked: Part = (request, times, signal) => (times === 0 ? topics(request, times, signal) : revises())
      const objects: Part = (_, times) => {
        if (times > 0) return new ModelError('timeout', 'm took too long')
        const finding = (pointer: string, severity: string) => ({
          agent: pointer.split('/')[1] ?? '',
          pointer,
          severity,
          message: 'look again',
        })
        return submits('critique', {
          findings: [finding('/topics/0', 'revise'), finding('/summary/claims/1', 'contest')],
        })
      }
      const claim = (text: string, segment: number) => ({ text, evidence: [{ segment }] })
      const summary: Part = () =>
        submits('summary', { claims: [claim('Looms read cards.', 0), claim('Weavers rioted.', 2)] })
      const desk = openDesk(database, { chat: cast({ topics: asked, summary, critique: objects }).model })
      const { document } = await desk.understand(talk(), { effort: 'thorough' })
      expect(document.abstentions).toEqual([{ facet: 'critique', reason: 'm took too long' }])
      expect(document.critique).toMatchObject({ verdict: 'contested', revisions: stands ? 2 : 1 })
      const pointers = [...(stands ? ['/topics/0'] : []), '/summary/claims/1']
      expect(document.critique.findings.map(({ pointer }) => pointer)).toEqual(pointers)
      expect(document.summary?.claims.map(({ text }) => text)).toEqual(['Looms read cards.'])
      expect(document.topics).toMatchObject([{ contested: stands }])
    },
  )

  it('because all its answers are invalid is shown in the document and in the run, and such runs can be found', async () => {
    const nowhere = {
      toolCalls: [
        {
          id: 'c',
          name: 'submit_critique',
          args: {
            findings: [{ agent: 'topics', pointer: '/topics/7', severity: 'drop', message: 'look at it again' }],
          },
        },
      ],
    }
    const invalid = createScriptedModel(Array.from({ length: 4 }, () => nowhere))
    const stage = cast({ topics })
    const chat = (agent: string) => (agent === 'critique' ? invalid : stage.model(agent))
    const desk = openDesk(database, { chat })
    const { run, document } = await desk.understand(talk(), { effort: 'thorough' })
    const reason = expect.stringMatching(/^no valid answer after 4 rounds: .*there is no claim "\/topics\/7"/)
    expect(run).toMatchObject({ status: 'partial', summary: { failedNodes: ['critique'] } })
    expect(document.abstentions).toEqual([{ facet: 'critique', reason }])
    const found = await desk.repositories.runs.list({ failedNode: 'critique' }, { limit: 2 })
    expect(found.entries.map(({ id }) => id)).toEqual([run.id])
    const recorded = await desk.repositories.trace.load(run.id)
    const line = viewRun(run, recorded).steps.find(({ name }) => name === 'critique.0')
    expect(line).toMatchObject({ state: 'abstained', reason, rejected: 4 })
    expect(line?.calls.map(({ rejections }) => rejections.length)).toEqual([1, 1, 1, 1])
  })
})

const usage = { ...nothingUsed('openai:cast', 'topics/v2'), rounds: 1 }
const topic = (key: string, score = 0.9, origin: 'model' | 'publisher' = 'model') => ({
  key,
  taxonomy: 'iab',
  id: key,
  name: key,
  path: [],
  score,
  contested: false,
  origin,
  refs: [{ source: 'transcript' as const, segment: 0, quote: 'a chain of wooden cards' }],
})
const assembledOf = (...labels: ReturnType<typeof topic>[]): Assembled => ({ topics: { facet: 'topics', labels } })
const finding = (severity: Finding['severity'], change: Partial<Finding> = {}): Finding => ({
  by: 'critique',
  agent: 'topics',
  pointer: '/topics/0',
  key: 'looms',
  severity,
  message: 'look again',
  ...change,
})
const found = (...findings: Finding[]): Verification => ({
  findings: findings.map((each) => ({ ...each, by: 'verify' as const })),
  counts: { verbatim: 0, drift: 0, fabricated: findings.length },
  drifted: [],
})
const DRAFTED: Partial<State> = {
  assembled: assembledOf(topic('looms')),
  drafts: { topics: { status: 'answered', labels: { facet: 'topics', labels: [topic('looms')] }, usage } },
}

/** The judgement in the given situation, and how often the critic was asked. Without its own part, it finds nothing. */
async function judged(given: Situation, critic?: Part): Promise<Judgement & { times: number }> {
  const stage = cast(critic === undefined ? {} : { critique: critic })
  const { state, run } = situation({
    ...given,
    state: { ...DRAFTED, ...given.state },
    ports: { chat: stage.model, ...given.ports },
  })
  const { judgement } = await critique(state, run)
  if (!judgement) throw new Error('the critic leaves a judgement')
  return { ...judgement, times: stage.asked.length }
}
const finds =
  (severity: Finding['severity']): Part =>
  () =>
    submits('critique', { findings: [{ agent: 'topics', pointer: '/topics/0', severity, message: 'look again' }] })

describe('the critic', () => {
  const REVISED: Judgement = { ...emptyJudgement(), verdict: 'revise', revise: ['topics'], usage }

  it.each<[string, Effort, Partial<State>, number]>([
    ['never with quick effort', 'quick', { verification: found(finding('revise')) }, 0],
    ['always with thorough effort', 'thorough', {}, 1],
    ['not about labels without doubt', 'standard', {}, 0],
    ['about a label with a low score', 'standard', { assembled: assembledOf(topic('looms', 0.01)) }, 1],
    ['if the verifier found something', 'standard', { verification: found(finding('revise')) }, 1],
    ['about the revision of what it judged', 'standard', { round: 1, judgement: REVISED }, 1],
    [
      'not about a revision that it did not ask for',
      'standard',
      { round: 1, judgement: { ...REVISED, usage: null } },
      0,
    ],
    ['not about what publishers say', 'thorough', { assembled: assembledOf(topic('looms', 0.9, 'publisher')) }, 0],
  ])('is asked %s', async (_, effort, state, times) => {
    const judgement = await judged({ state, settings: { effort } })
    expect(judgement.times).toBe(times)
    expect(judgement.fingerprint === null).toBe(times === 0)
    if (times === 0) expect(judgement.verdict).not.toBe('accepted')
  })

  it.each<[Finding['severity'], Judgement['verdict'], string[]]>([
    ['info', 'accepted', []],
    ['revise', 'revise', ['topics']],
    ['contest', 'contested', []],
    ['drop', 'contested', []],
  ])('that says "%s" comes to the verdict "%s"', async (severity, verdict, revise) => {
    const judgement = await judged({ settings: { effort: 'thorough' } }, finds(severity))
    expect(judgement).toMatchObject({ verdict, revise, findings: [finding(severity)] })
  })

  it('sends nothing back that this run has not drafted', async () => {
    const { verdict, revise } = await judged(
      { state: { drafts: {} }, settings: { effort: 'thorough' } },
      finds('revise'),
    )
    expect([verdict, revise]).toEqual(['contested', []])
  })
})

describe('a revision', () => {
  it.each<[Effort, number]>([
    ['quick', 0],
    ['standard', 1],
    ['thorough', 2],
  ])('can be asked for with the effort "%s" %i times', async (effort, rounds) => {
    for (const round of [0, 1, 2]) {
      const state = { round, verification: found(finding('revise')) }
      const { verdict, revise } = await judged({ state, settings: { effort } })
      expect([verdict === 'revise', revise]).toEqual(round < rounds ? [true, ['topics']] : [false, []])
    }
  })
})

describe('an earlier judgement', () => {
  const facet: FacetPlan = { action: 'reuse', fingerprint: 'f', run: 'earlier' }
  const planned = { path: 'full' as const, reading: 'whole' as const, promptTokens: 1, facets: { topics: facet } }
  const thorough = { effort: 'thorough' as const }
  const provenance = {
    run: 'earlier',
    fingerprint: 'f',
    prompt: 'critique/v1',
    model: 'm',
    tokens: usage.tokens,
    costUsd: 0,
    ms: 1,
  }

  /** What is judged when all facets are reused and the critic's own findings are stored. */
  async function again(draft: unknown, state: Partial<State> = {}, changed = '') {
    const { fingerprint } = await judged({ state: { planned }, settings: thorough })
    const critic = {
      facet: 'critique',
      runId: 'earlier',
      provenance,
      createdAt: 1,
      fingerprint: `${fingerprint}${changed}`,
      draft,
    }
    return judged({
      settings: thorough,
      state: { planned, drafts: {}, ...state },
      intake: { earlier: new Map([['critique', critic]]) },
    })
  }
  const findings = [finding('contest'), finding('drop', { key: 'gone', pointer: '/topics/1' })]

  it('holds without asking, for the labels that are still there, at the place where each is now', async () => {
    const assembled = assembledOf(topic('new'), topic('looms'))
    const judgement = await again({ findings }, { assembled })
    expect(judgement).toMatchObject({ times: 0, reused: true, usage: null, verdict: 'contested' })
    expect(judgement.findings).toEqual([finding('contest', { pointer: '/topics/1' })])
  })

  it('does not hold if a facet ran again, if anything that it depends on has changed, or if it cannot be read', async () => {
    const { drafts = {} } = DRAFTED
    expect(await again({ findings }, { drafts })).toMatchObject({ times: 1, reused: false })
    expect(await again({ findings }, {}, 'other')).toMatchObject({ times: 1, reused: false })
    expect(await again({ findings: 'of an older form' })).toMatchObject({ times: 1, reused: false })
  })
})

describe('a second opinion', () => {
  const second = (part: Part) => cast({ critique: part }, { name: 'openai:second' })
  const withSecond = (other: ReturnType<typeof second>, first: Part, effort: Effort = 'thorough') =>
    judged(
      {
        settings: { effort },
        state: { verification: found(finding('revise')) },
        ports: { secondOpinion: () => other.model('critique') },
      },
      first,
    )

  it.each<[Finding['severity'], Effort, number]>([
    ['contest', 'thorough', 1],
    ['drop', 'thorough', 0],
    ['contest', 'standard', 0],
  ])('about what the critic says is "%s" is asked for with %s effort %i times', async (severity, effort, times) => {
    const other = second(finds('drop'))
    await withSecond(other, finds(severity), effort)
    expect(other.asked).toHaveLength(times)
  })

  it('that only remarks on a contested label does not object to it', async () => {
    const { findings } = await withSecond(second(finds('info')), finds('contest'))
    expect(findings).toEqual([finding('info', { message: 'look again (openai:second does not object)' })])
  })

  it('that fails leaves the label contested', async () => {
    const { findings } = await withSecond(
      second(() => new ModelError('timeout', 'too slow')),
      finds('contest'),
    )
    expect(findings).toEqual([finding('contest')])
  })
})

function emptyJudgement(): Judgement {
  return { verdict: 'accepted', findings: [], revise: [], usage: null, fingerprint: null, reused: false }
}
