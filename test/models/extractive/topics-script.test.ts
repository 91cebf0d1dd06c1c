import { describe, expect, it } from 'vitest'
import { TopicsAnswer } from '../../../src/content/answers.ts'
import type { ToldFinding } from '../../../src/content/understanding-schema.ts'
import type { ExtractiveTask } from '../../../src/models/extractive/agent-task.ts'
import type { TopicCandidate } from '../../../src/signals/candidates.ts'
import { type Answering, answerOf, COMMON } from './play-script.ts'

const TAXONOMY = 'iab-content-3.1'
function candidate(id: string, path: string[], score: number): TopicCandidate {
  const evidence = [{ source: 'transcript' as const, segment: Number(id) % 7 }]
  return { taxonomy: TAXONOMY, id, name: path.at(-1) ?? '', path, score, margin: 0.1, coverage: 0.4, evidence }
}
const COMPUTING = candidate('599', ['Technology & Computing', 'Computing'], 0.9)
const SECURITY = candidate('618', ['Technology & Computing', 'Computing', 'Information and Network Security'], 0.75)
const ROOT = candidate('596', ['Technology & Computing'], 0.85)
const FINANCE = candidate('391', ['Personal Finance'], 0.6)
const ASIDE = candidate('483', ['Sports'], 0.47)

async function ids(
  candidates: TopicCandidate[],
  findings: ToldFinding[] = [],
  answering?: Answering,
): Promise<string[]> {
  const task: ExtractiveTask = { ...COMMON, agent: 'topics', candidates, findings }
  return (await answerOf(TopicsAnswer, task, answering)).topics.map(({ id }) => id)
}
const finding = (rest: Partial<ToldFinding>): ToldFinding => ({
  by: 'critique',
  agent: 'topics',
  pointer: '/topics/0',
  severity: 'drop',
  message: '',
  ...rest,
})

describe('topics', () => {
  it('takes the most specific node that is well supported instead of those above it', async () => {
    expect(await ids([COMPUTING, ROOT, SECURITY, FINANCE])).toEqual(['618', '391'])
    expect(await ids([COMPUTING, ROOT, { ...SECURITY, score: 0.6 }])).toEqual(['618'])
  })

  it('stays with the broader node where the specific one is much weaker', async () => {
    expect(await ids([COMPUTING, ROOT, { ...SECURITY, score: 0.56 }])).toEqual(['599'])
  })

  it('leaves out what is weak, and what is an aside beside a strong topic', async () => {
    expect(await ids([COMPUTING, ASIDE])).toEqual(['599'])
    expect(await ids([{ ...ASIDE, score: 0.44 }])).toEqual([])
  })

  it('asks more of a song, which speaks in figures', async () => {
    const sailing = candidate('530', ['Sports', 'Sailing'], 0.65)
    const task = (kind: string): ExtractiveTask => ({
      ...COMMON,
      item: { ...COMMON.item, kind },
      agent: 'topics',
      candidates: [sailing],
    })
    expect((await answerOf(TopicsAnswer, task('song'))).topics).toEqual([])
    expect((await answerOf(TopicsAnswer, task('talk'))).topics).toHaveLength(1)
  })

  it('submits at most six, and no more than three below one root', async () => {
    const below = [1, 2, 3, 4].map((n) => candidate(`60${n}`, ['Technology & Computing', `Part ${n}`], 0.9 - n / 100))
    const roots = [1, 2, 3, 4, 5].map((n) => candidate(`${n}`, [`Root ${n}`], 0.8 - n / 100))
    const found = await ids([...below, ...roots])
    expect(found).toEqual(['601', '602', '603', '1', '2', '3'])
  })

  it('lets neighbours tip the scales, and never by themselves', async () => {
    const near: Answering = ({ name }) =>
      name === 'find_similar'
        ? {
            items: ['a', 'b', 'c'].map((itemId) => ({
              itemId,
              score: 0.9,
              topics: [
                { taxonomy: TAXONOMY, id: '483' },
                { taxonomy: TAXONOMY, id: '512' },
              ],
            })),
          }
        : { nodes: [] }
    const below = { ...ASIDE, score: 0.43 }
    expect(await ids([{ ...FINANCE, score: 0.5 }, below])).toEqual(['391'])
    expect(await ids([{ ...FINANCE, score: 0.5 }, below], [], near)).toEqual(['391', '483'])
  })

  it('lets a category of the publisher help a topic that is near, and never one that is not', async () => {
    const near = { ...FINANCE, score: 0.4 }
    expect(await ids([near])).toEqual([])
    expect(await ids([{ ...near, declared: true }])).toEqual(['391'])
    expect(await ids([{ ...near, score: 0.38, declared: true }])).toEqual([])
    expect(await ids([COMPUTING, { ...ASIDE, declared: true }])).toEqual(['599'])
    expect(await ids([{ ...ASIDE, score: 0, evidence: [], declared: true }])).toEqual([])
  })

  it('does not become broader for a category: what is more specific and well supported stays', async () => {
    expect(await ids([COMPUTING, { ...ROOT, declared: true }, { ...SECURITY, score: 0.6 }])).toEqual(['618'])
  })

  it('takes back what a finding says to drop, by position or by name', async () => {
    expect(await ids([FINANCE, { ...ASIDE, score: 0.5 }], [finding({ pointer: '/topics/0' })])).toEqual(['483'])
    const byName = finding({ pointer: '/topics/0', message: '"Sports" is not what this is about.' })
    expect(await ids([FINANCE, { ...ASIDE, score: 0.5 }], [byName])).toEqual(['391'])
    const byPath = finding({
      pointer: '/topics/5',
      message: '"A > Personal Finance" has little support.',
      severity: 'contest',
    })
    expect(await ids([FINANCE, { ...ASIDE, score: 0.5 }], [byPath])).toEqual(['483'])
  })

  it('gives way to the broader node when it is asked to revise', async () => {
    expect(await ids([COMPUTING, ROOT, SECURITY], [finding({ severity: 'revise' })])).toEqual(['599'])
  })

  it('does nothing about remarks and about findings on other agents', async () => {
    const remarks = [finding({ severity: 'info' }), finding({ agent: 'entities', pointer: '/entities/0' })]
    expect(await ids([FINANCE], remarks)).toEqual(['391'])
  })
})
