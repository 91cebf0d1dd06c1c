import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/content/text/hash.ts'
import { Diverged } from '../../../src/ledger/interruptions.ts'
import type { Recording } from '../../../src/recordings/recording.ts'
import { type ExecutedStep, type Execution, findDivergences } from '../../../src/replay/divergence/find-divergences.ts'
import { call } from '../../ledger/ledger-samples.ts'
import { document } from '../../recordings/recording-samples.ts'
import { type CallSample, runSample, type StepSample } from '../../recordings/run-sample.ts'

const asks = (...messages: string[]) => ({ messages: messages.map((content) => ({ role: 'user', content })) })

/** Two agents that ran at the same time, between two other steps. */
const STEPS: StepSample[] = [
  { node: 'plan', update: { planned: { facets: { topics: { fingerprint: 'a' } } } } },
  { node: 'topics', superstep: 2, update: { drafts: { topics: { labels: ['Looms'] } } } },
  { node: 'entities', superstep: 2, update: { drafts: { entities: { labels: [] } } } },
  { node: 'publish', superstep: 3, update: { published: { status: 'complete', ms: 5 } } },
]
const CALLS: CallSample[] = [
  { node: 'topics', n: 0, request: asks('Which topics?') },
  { node: 'topics', n: 1, request: asks('Once more.') },
  { node: 'entities', n: 0, request: asks('Which names?') },
]

function recordingOf(steps = STEPS, status: Recording['run']['status'] = 'complete'): Recording {
  const head = { id: 'r', itemId: 'i', parentRunId: null, createdAt: 0, startedAt: 0, finishedAt: 9, error: null }
  return runSample(steps, CALLS, { run: { ...head, status, version: null }, document: document() })
}

/** The same steps executed today. What is given for a node is another update, or nothing where it was not executed. */
function executed(changed: Readonly<Record<string, unknown>> = {}, steps = STEPS): ExecutedStep[] {
  return recordingOf(steps).steps.flatMap((step, place): ExecutedStep[] => {
    if (!Object.hasOwn(changed, step.node)) return [{ ...step, same: true, update: steps[place]?.update }]
    const update = changed[step.node]
    return update === undefined ? [] : [{ ...step, same: false, update }]
  })
}

function found(today: Partial<Execution>, recording = recordingOf()) {
  const nothing = { diverged: [], unused: [], document: null, sameDocument: true, stopped: false }
  const { found: divergences, stale } = findDivergences(recording, { steps: executed(), ...nothing, ...today })
  return { named: divergences.map(({ class: name, node, exchange }) => [name, exchange ?? node]), divergences, stale }
}

/** A call of today that is not served. It stands where the recording has another request, or where it has none. */
function diverged(node: string, n: number, request: unknown): Diverged {
  const beside = recordingOf().exchanges.find((one) => one.node === node && one.n === n)
  return new Diverged(call({ node, n, requestHash: sha256('another') }), beside, request)
}
const unused = (node: string) => recordingOf().exchanges.filter((one) => one.node === node)

describe('the divergences of a replay', () => {
  it('are none where every step and the document are the recorded ones', () => {
    expect(found({})).toEqual({ named: [], divergences: [], stale: [] })
  })

  it('come in the order of supersteps, then of nodes, and the document is last', () => {
    const { named } = found({
      steps: executed({ publish: { published: { status: 'partial' } }, topics: {}, entities: {} }),
      document: { topics: [] },
      sameDocument: false,
    })
    expect(named).toEqual([
      ['state-update-differs', 'entities'],
      ['state-update-differs', 'topics'],
      ['state-update-differs', 'publish'],
      ['understanding-differs', null],
    ])
  })

  it('of one node are its calls, then the answers that nothing asked for, then its update', () => {
    const { named, divergences } = found({
      steps: executed({ topics: {} }),
      diverged: [diverged('topics', 0, asks('Which themes?')), diverged('topics', 7, asks('And?'))],
      unused: unused('topics').slice(1),
    })
    expect(named).toEqual([
      ['prompt-changed', 'topics.0.chat.0'],
      ['extra-call', 'topics.0.chat.7'],
      ['missing-call', 'topics.0.chat.1'],
      ['state-update-differs', 'topics'],
    ])
    expect(divergences.map(({ nearMiss }) => nearMiss)).toEqual(['topics.0.chat.0', null, null, null])
    expect(divergences[0]?.differences).toEqual([
      { pointer: '/messages/0/content', was: 'Which topics?', is: 'Which themes?' },
    ])
  })

  it('of what a step was made with are told only where nothing else differs', () => {
    const plan = { planned: { facets: { topics: { fingerprint: 'b' } } } }
    expect(found({ steps: executed({ plan }) })).toMatchObject({
      named: [['state-update-differs', 'plan']],
      stale: ['topics'],
    })
    expect(found({ steps: executed({ plan, topics: {} }) })).toMatchObject({
      named: [['state-update-differs', 'topics']],
      stale: ['topics'],
    })
    const partial = { document: document({ status: 'partial' }), sameDocument: false }
    expect(found({ ...partial, steps: executed({ plan }) }).named).toEqual([['understanding-differs', null]])
    const { provenance } = document()
    const engine = { document: document({ provenance: { ...provenance, engine: 'another' } }), sameDocument: false }
    expect(found(engine).named).toEqual([['understanding-differs', null]])
    expect(found({ ...engine, steps: executed({ topics: {} }) }).named).toEqual([['state-update-differs', 'topics']])
  })

  it('are not made by when something happened', () => {
    expect(found({ steps: executed({ publish: { published: { status: 'complete', ms: 99 } } }) }).named).toEqual([])
  })
})

describe('steps that only one side has', () => {
  it('are told as such, and their calls are not told besides', () => {
    const glossary = { node: 'glossary', visit: 0, superstep: 2, startedAt: 0, ms: 1, error: null, same: false }
    const { named } = found({
      steps: [...executed({ entities: undefined }), { ...glossary, update: {} }],
      diverged: [diverged('glossary', 0, asks('Which terms?'))],
      unused: unused('entities'),
    })
    expect(named).toEqual([
      ['graph-shape-changed', 'entities'],
      ['graph-shape-changed', 'glossary'],
    ])
  })

  it('are not missing where the replay stopped before they were reached', () => {
    const steps = executed({ publish: undefined })
    expect(found({ steps }).named).toEqual([['graph-shape-changed', 'publish']])
    expect(found({ steps, stopped: true }).named).toEqual([])
  })
})

describe('a step that failed', () => {
  const failed = (error: string | null) =>
    executed().map((step) => (step.node === 'topics' ? { ...step, error, same: false, update: null } : step))

  it('differs by its error, unless it failed because its call had diverged, which is told already', () => {
    expect(found({ steps: failed('Error: broken') }).divergences).toMatchObject([
      { class: 'state-update-differs', node: 'topics', differences: [{ pointer: '/error', is: 'Error: broken' }] },
    ])
    expect(found({ steps: failed('Diverged: topics.0.chat.0 is not in the recording') }).named).toEqual([])
  })

  it('is the same where the run failed there in the same way', () => {
    const broken = STEPS.map((step) =>
      step.node === 'topics' ? { node: 'topics', superstep: 2, error: 'Error: broken' } : step,
    )
    expect(found({ steps: failed('Error: broken') }, recordingOf(broken)).named).toEqual([])
    expect(found({ steps: failed(null) }, recordingOf(broken)).named).toEqual([['state-update-differs', 'topics']])
  })
})

describe('the replay of a run that was cancelled', () => {
  const cut = STEPS.slice(0, 3).map((step) =>
    step.node === 'topics' ? { node: 'topics', superstep: 2, error: 'AbortError: cancelled' } : step,
  )

  it('is compared only with the steps that the run had ended', () => {
    const recording = recordingOf(cut, 'cancelled')
    const today = {
      steps: executed({ topics: {} }),
      diverged: [diverged('topics', 7, asks('And?'))],
      unused: unused('topics'),
    }
    expect(found(today, recording).named).toEqual([])
    expect(found({ ...today, steps: executed({ entities: {} }) }, recording).named).toEqual([
      ['state-update-differs', 'entities'],
    ])
  })
})
