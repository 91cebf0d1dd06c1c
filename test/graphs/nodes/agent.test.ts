import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../graphs/agents/agent-draft.ts'
import { topics } from '../../../graphs/agents/topics.ts'
import { nothingUsed } from '../../../graphs/agents/usage.ts'
import { agentNode } from '../../../graphs/nodes/agent.ts'
import type { State } from '../../../graphs/state.ts'
import { sha256 } from '../../../src/content/text/hash.ts'
import type { Finding } from '../../../src/content/understanding-schema.ts'
import { Cancelled, Diverged, Interrupted, LedgerUnavailable } from '../../../src/ledger/interruptions.ts'
import { ModelError } from '../../../src/models/chat-model.ts'
import { analysis, cast, type Part, submits } from '../../support/desk.ts'
import { type Situation, situation } from '../../support/node-run.ts'

const answers: Part = () => submits('topics', { topics: [{ id: '596', evidence: [{ segment: 3 }] }] })
const fails: Part = () => new ModelError('server', 'm is broken')

async function performed(part: Part, state: Partial<State> = {}, change: Situation['run'] = {}) {
  const stage = cast({ topics: part })
  const prepared = situation({ state, ports: { chat: stage.model }, run: { ...change } })
  const { drafts, notes } = await agentNode(topics)(prepared.state, prepared.run)
  return { draft: Object(drafts).topics, drafts, notes, asked: stage.asked }
}

const usage = { ...nothingUsed('openai:cast', 'topics/v2'), rounds: 1, tokens: { input: 100, cached: 0, output: 5 } }
const LABEL = {
  key: 'iab/1',
  taxonomy: 'iab',
  id: '1',
  name: 'Looms of old',
  path: [],
  score: 0.5,
  contested: false,
  origin: 'model' as const,
  refs: [],
}
const earlier: Draft = { status: 'answered', labels: { facet: 'topics', labels: [LABEL] }, usage }
const finding = (agent: string, message: string): Finding => ({
  by: 'critique',
  agent,
  pointer: '/topics/0',
  key: 'iab/1',
  severity: 'revise',
  message,
})
const REVISION: Partial<State> = {
  round: 1,
  drafts: { topics: earlier },
  assembled: { topics: { facet: 'topics', labels: [LABEL] } },
  verification: {
    findings: [{ ...finding('topics', 'this quote does not stand there'), by: 'verify' }],
    counts: { verbatim: 0, drift: 0, fabricated: 1 },
    drifted: [],
  },
  judgement: {
    verdict: 'revise',
    findings: [finding('topics', 'this is too wide'), finding('summary', 'this claim is wrong')],
    revise: ['topics', 'summary'],
    usage: null,
    fingerprint: null,
    reused: false,
  },
}

describe('an agent', () => {
  it('leaves its labels and what they cost under its own name', async () => {
    const { drafts } = await performed(answers)
    expect(drafts).toMatchObject({
      topics: {
        status: 'answered',
        labels: { facet: 'topics', labels: [{ id: '596' }] },
        usage: { model: 'openai:cast', prompt: 'topics/v2', rounds: 1, tokens: { input: 10, output: 2 } },
      },
    })
  })

  it('abstains with the reason if its model fails, and is tried again next time', async () => {
    const { draft } = await performed(fails)
    expect(draft).toMatchObject({ status: 'abstained', reason: 'm is broken', again: true })
  })

  it('abstains too if anything else fails; what it cost until then is not known', async () => {
    const lost = () => Promise.reject(new Error('the worker ended'))
    const { draft } = await performed(answers, {}, { analysis: { ...analysis, topicCandidates: lost } })
    expect(draft).toMatchObject({ status: 'abstained', reason: 'the worker ended', again: true })
    expect(draft.usage).toMatchObject({ model: 'openai:cast', prompt: 'topics/v2', costUsd: null })
  })

  it.each([
    new Diverged({ node: 'topics', visit: 0, kind: 'chat', n: 0, nth: 0, requestHash: sha256('') }, undefined),
    new LedgerUnavailable('the disk is full'),
    new Interrupted('the process is stopping'),
    new Cancelled('cancelled'),
  ])('passes on what only the run may handle: $name', async (error) => {
    await expect(performed(() => error)).rejects.toBe(error)
  })

  it('passes on any failure of a run that was aborted', async () => {
    const controller = new AbortController()
    const broken = new Error('the connection was closed')
    const closes: Part = () => {
      controller.abort()
      return broken
    }
    await expect(performed(closes, {}, { signal: controller.signal })).rejects.toThrow()
  })
})

describe('an agent in a revision', () => {
  it('is told its own findings, of verifier and critic, and the labels that they are about', async () => {
    const { asked } = await performed(answers, REVISION)
    const told = JSON.stringify(asked[0]?.request.messages)
    for (const words of ['this quote does not stand there', 'this is too wide', 'Looms of old'])
      expect(told).toContain(words)
    expect(told).not.toContain('this claim is wrong')
    const first = await performed(answers, { ...REVISION, round: 0 })
    expect(JSON.stringify(first.asked[0]?.request.messages)).not.toContain('Looms of old')
  })

  it('replaces its labels, and has the cost of both rounds', async () => {
    const { draft, notes } = await performed(answers, REVISION)
    expect(draft).toMatchObject({ status: 'answered', labels: { labels: [{ id: '596' }] } })
    expect(draft.usage).toMatchObject({ rounds: 2, tokens: { input: 110, output: 7 } })
    expect([draft.unrevised, notes]).toEqual([undefined, undefined])
  })

  it('that fails keeps its labels of the round before, marked as unrevised, with a note', async () => {
    const { draft, notes } = await performed(fails, REVISION)
    expect(draft).toMatchObject({ ...earlier, usage: { tokens: { input: 100 } }, unrevised: true })
    expect(notes).toEqual(['topics could not revise its answer: m is broken'])
  })

  it('that had no labels before and fails again abstains with the later reason', async () => {
    const none: Draft = { status: 'abstained', reason: 'm took too long', again: true, usage }
    const { draft, notes } = await performed(fails, { ...REVISION, drafts: { topics: none } })
    expect(draft).toMatchObject({ status: 'abstained', reason: 'm is broken' })
    expect(notes).toBeUndefined()
  })
})
