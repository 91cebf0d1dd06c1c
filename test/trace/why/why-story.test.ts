import { describe, expect, it } from 'vitest'
import { type Facts, storyOf } from '../../../src/trace/why/why-story.ts'
import { evidence } from '../../cli/samples.ts'

const proposed: Facts['proposed'] = {
  ...{ run: 'r1', exchange: 'topics.0.chat.1', round: 0, agent: 'topics', model: 'm', prompt: 'topics/v1' },
  ...{ pointer: '/topics/0', wrote: { id: '52' }, offered: null },
}
const FACTS: Facts = {
  ...{ item: 'looms', version: 2, pointer: '/topics/0', facet: 'topics', name: 'Looms', label: {}, origin: 'model' },
  ...{ evidence: [evidence('looms')], run: 'r1', madeBy: 'r1', reused: false, proposed, seen: [], findings: [] },
  ...{ revisions: [], decision: null, declared: null, missing: [] },
}
const accepted = { verdict: 'accepted', abstained: false } as const
const story = (facts: Partial<Facts>, critique: Parameters<typeof storyOf>[1] = accepted) =>
  storyOf({ ...FACTS, ...facts }, critique)
const told = (...args: Parameters<typeof story>) => story(...args).map(({ text }) => text)

const call = { run: 'r1', exchange: 'topics.0.chat.0', tool: 'lookup_taxonomy', arguments: { query: 'x' } }
const seen = (more: Partial<Facts['seen'][number]>) => ({ ...call, result: {}, rejected: null, names: false, ...more })
const finding = (more: Partial<Facts['findings'][number]>): Facts['findings'][number] => ({
  ...{ by: 'critique', agent: 'topics', pointer: '/topics/0', key: 'k', severity: 'revise', message: 'Is it?' },
  ...{ run: 'r1', round: 0, about: 'label' },
  ...more,
})
const revision = (round: number, how: Facts['revisions'][number]['how'], pointers: string[] = []) => ({
  ...{ run: 'r1', exchange: `topics.${round}.chat.0`, round, how, wrote: null },
  differences: pointers.map((pointer) => ({ pointer })),
})

describe('the story of a label', () => {
  it('is told in the order in which things happened, with the call that a sentence speaks of', () => {
    expect(story({})).toEqual([
      { text: '“Looms” stands in version 2 (topics). It rests on 1 quote.', run: 'r1', exchange: null },
      {
        text: 'The topics agent proposed it (m with the prompt topics/v1), in topics.0.chat.1. It wrote {"id":"52"}',
        ...{ run: 'r1', exchange: 'topics.0.chat.1' },
      },
      {
        text: 'Its prompt did not offer the label: the model came to it by itself.',
        ...{ run: 'r1', exchange: 'topics.0.chat.1' },
      },
      { text: 'It had asked no tool before that.', run: null, exchange: null },
      { text: 'Neither verifier nor critic found anything against it.', run: null, exchange: null },
    ])
  })

  it('says what the prompt had offered, and whether the publisher had named it', () => {
    const offered = (candidate: Facts['label']) => told({ proposed: { ...proposed, offered: candidate } })[2]
    expect(offered({ id: '52' })).toBe('Its prompt offered the label as a candidate.')
    expect(offered({ score: 0.4, declared: false })).toBe(
      'Its prompt offered the label as a candidate, measured at 0.4.',
    )
    expect(offered({ score: 0.4, declared: true })).toMatch(
      /at 0\.4, and marked as one that the publisher's categories name\.$/,
    )
  })

  it('says in which revision it came, from an unknown model, in a facet that was reused', () => {
    const lines = told({ proposed: { ...proposed, model: null, prompt: null, round: 2 }, reused: true, madeBy: 'r0' })
    expect(lines[1]).toBe('The facet was reused from run r0: nothing that it depends on had changed since.')
    expect(lines[2]).toMatch(/^The topics agent proposed it in revision 2 \(its model\), in topics/)
  })

  it('names the tools whose results name the label or that were rejected, and counts the others', () => {
    const lines = told({ seen: [seen({ names: true }), seen({ rejected: 'no such node' }), seen({})] })
    expect(lines.slice(3, 6)).toEqual([
      'Before that it had called lookup_taxonomy with {"query":"x"}, and the result names the label.',
      'Before that it had called lookup_taxonomy with {"query":"x"}, which was rejected: no such node.',
      'It had called 1 other tool; what came back does not name the label.',
    ])
    expect(told({ seen: [seen({}), seen({})] })[3]).toBe(
      'It had called 2 tools; what came back does not name the label.',
    )
  })

  it("is short where the publisher says it: no model was asked, and nobody's silence counts", () => {
    const declared = (source: NonNullable<Facts['declared']>['source'], pointer: string | null = null) =>
      told({ proposed: null, origin: 'publisher', declared: { source, pointer } }).slice(1)
    expect(declared('item', '/categories/0')).toEqual([
      'The publisher says so, in the item itself (/categories/0); no model was asked.',
    ])
    expect(declared('chapters-file')).toEqual([expect.stringContaining('file of chapters')])
    expect(declared('headings')).toEqual([expect.stringContaining('with a heading in the transcript')])
    expect(declared('unknown')).toEqual(['The publisher says so; no model was asked.'])
  })
})

describe('the judgement in the story of a label', () => {
  it('comes round by round: what a revision did, then what was found', () => {
    const lines = told({
      findings: [
        finding({}),
        finding({ by: 'verify', round: 1, severity: 'drop', message: 'Not said.' }),
        finding({ about: 'facet' }),
      ],
      revisions: [revision(2, 'dropped'), revision(1, 'changed', ['/id', ''])],
    })
    expect(lines.slice(4)).toEqual([
      'The critic found (revise): Is it?',
      'Revision 1 changed it: /id, all of it.',
      'The verifier found (drop): Not said.',
      'Revision 2 left it out.',
      'They found 1 thing in other labels of the same answer.',
    ])
  })

  it('tells silence apart: nothing found, not asked, no answer, not judged', () => {
    const last = (...args: Parameters<typeof told>) => told(...args).at(-1)
    expect(last({}, { verdict: 'skipped', abstained: false })).toMatch(/the critic was not asked\.$/)
    expect(last({}, { verdict: 'skipped', abstained: true })).toMatch(/the critic was asked and gave no answer\.$/)
    expect(last({ facet: 'chapters' })).toMatch(/^Chapters have no quotes/)
  })
})

describe('the end of the story of a label', () => {
  const decision = { action: 'amend', by: 'Ada', at: '2026-05-04T10:00:00.000Z', note: null, value: null } as const

  it('is the decision of a person, and whether it came in time', () => {
    expect(told({ decision: { ...decision, applied: true } }).at(-1)).toBe(
      'Ada amended it on 2026-05-04. The decision stands over all later versions.',
    )
    expect(told({ decision: { ...decision, note: 'Too broad', applied: false } }).at(-1)).toBe(
      'Ada amended it on 2026-05-04: “Too broad”. That was after this version was published.',
    )
  })

  it('is what cannot be told any more', () => {
    expect(told({ missing: ['The run is gone.'] }).at(-1)).toBe('The run is gone.')
  })

  it('never repeats a long name as a whole, nor cuts a character in two', () => {
    const [opening = ''] = told({ name: `a${'🐝'.repeat(200)}\n` })
    expect(opening).toMatch(/^“a(🐝)+…” stands/u)
    expect([opening.length < 260, opening.isWellFormed()]).toEqual([true, true])
  })
})
