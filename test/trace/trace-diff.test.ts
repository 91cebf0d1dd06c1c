import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { type ComparedRun, diffRuns } from '../../src/trace/trace-diff.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, type DeskOptions, openDesk, type Part, submits } from '../support/desk.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const claim = (text: string, quote: string) => ({ text, evidence: [{ segment: 0, quote }] })
const claims =
  (...said: ReturnType<typeof claim>[]): Part =>
  () =>
    submits('summary', { claims: said })
const CARDS = claim('Looms read cards.', 'a chain of wooden cards')
const PEOPLE: Part = () =>
  submits('entities', {
    entities: [
      { name: 'Charles Babbage', type: 'person', evidence: [{ segment: 1, quote: 'the engine of Charles Babbage' }] },
    ],
  })

/** A run of the talk at a desk of its own, so that no run knows of another. */
async function runOf(parts: Record<string, Part>, options: DeskOptions = {}): Promise<ComparedRun> {
  const desk = openDesk(database, { chat: cast(parts).model, ...options })
  const { run, document } = await desk.understand(talk(), { effort: 'quick' })
  return { recorded: await desk.repositories.trace.load(run.id), document }
}

describe('two runs', () => {
  it('of the same differ in nothing', async () => {
    const [a, b] = [await runOf({ summary: claims(CARDS) }), await runOf({ summary: claims(CARDS) })]
    expect(diffRuns(a, b)).toMatchObject({ first: null, labels: [] })
  })

  it('differ first where a model answered otherwise, and label by label in what follows from it', async () => {
    const a = await runOf({ summary: claims(CARDS, claim('Ada saw one.', 'The first looms')), entities: PEOPLE })
    const b = await runOf({
      summary: claims(
        { ...CARDS, evidence: [{ segment: 0, quote: 'The first looms' }] },
        claim('They burned.', 'A weaver'),
      ),
      entities: PEOPLE,
    })
    const { first, pairs, labels } = diffRuns(a, b)
    expect(first).toMatchObject({
      name: 'summary.0',
      how: 'differs',
      calls: [{ name: 'summary.0.chat.0', how: 'answered' }],
    })
    expect(first?.calls[0]?.differences.map(({ pointer }) => pointer)).toContain('/toolCalls/0/args/claims/1/text')
    expect(pairs.filter(({ how }) => how !== 'same').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['summary.0', 'assemble.0']),
    )
    expect(labels).toMatchObject([
      {
        facet: 'summary',
        name: 'Looms read cards.',
        how: 'changed',
        before: '/summary/claims/0',
        after: '/summary/claims/0',
      },
      { name: 'Ada saw one.', how: 'removed', before: '/summary/claims/1', after: null },
      { name: 'They burned.', how: 'added', before: null, after: '/summary/claims/1' },
    ])
    expect(labels?.[0]?.differences).toContainEqual({
      pointer: '/evidence/0/quote',
      was: 'a chain of wooden cards',
      is: 'The first looms',
    })
  })

  it('of which one asked its tools on the way are told apart though both left the same', async () => {
    const asking: Part = (_, times) =>
      times === 0
        ? { toolCalls: [{ id: 'x', name: 'read_transcript', args: { from: 0, to: 1 } }] }
        : claims(CARDS)(_, times, undefined)
    const { first } = diffRuns(await runOf({ summary: claims(CARDS) }), await runOf({ summary: asking }))
    expect(first?.name).toBe('summary.0')
    expect(first?.calls.map(({ name, how }) => [name, how])).toEqual([
      ['summary.0.chat.0', 'answered'],
      ['summary.0.chat.1', 'only-b'],
    ])
  })

  it('that were asked with another model or prompt differ in their calls', async () => {
    const other = await runOf({}, { chat: cast({}, { name: 'openai:other' }).model })
    const { first, labels } = diffRuns(await runOf({}), other)
    expect(first?.name).toBe('plan.0')
    expect(first?.how).toBe('provenance')
    expect(labels).toEqual([])
  })

  it('name steps that only one of them took, and have no labels to compare where one published nothing', async () => {
    const a = await runOf({ summary: claims(CARDS) })
    const b = { recorded: { ...a.recorded, steps: a.recorded.steps.slice(0, 3) }, document: null }
    const { first, labels } = diffRuns(a, b)
    expect(first).toMatchObject({ name: 'plan.0', how: 'only-a', ms: [expect.any(Number), null] })
    expect(labels).toBeNull()
  })
})
