import { expect, it } from 'vitest'
import { foundAbout } from '../../../src/trace/why/found-about.ts'
import { runSample } from '../../recordings/run-sample.ts'

const finding = (by: 'verify' | 'critique', agent: string, key: string) => ({
  ...{ by, agent, key, pointer: '/topics/0', severity: 'revise' },
  message: `${by} on ${key}`,
})

it('what was found about a label comes round by round, with what was found about others of the same answer', () => {
  const run = runSample([
    { node: 'verify', update: { verification: { findings: [finding('verify', 'topics', 'looms')] } } },
    {
      node: 'critique',
      update: {
        judgement: { findings: [finding('critique', 'topics', 'bees'), finding('critique', 'entities', 'looms')] },
      },
    },
    { node: 'critique', visit: 1, update: { judgement: { findings: [finding('critique', 'topics', 'looms')] } } },
    { node: 'publish', error: 'Error: broken' },
  ])
  const found = foundAbout({ facet: 'topics', key: 'looms' }, run, 'r1')
  expect(found.map(({ by, round, about, key }) => [by, round, about, key])).toEqual([
    ['verify', 0, 'label', 'looms'],
    ['critique', 0, 'facet', 'bees'],
    ['critique', 1, 'label', 'looms'],
  ])
  expect(found[0]).toEqual({ ...finding('verify', 'topics', 'looms'), run: 'r1', round: 0, about: 'label' })
  expect(foundAbout({ facet: 'summary', key: 'looms' }, run, 'r1')).toEqual([])
})
