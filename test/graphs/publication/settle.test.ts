import { describe, expect, it } from 'vitest'
import { settle } from '../../../graphs/publication/settle.ts'
import type { DraftLabel } from '../../../src/content/labels/label-type.ts'
import type { Finding } from '../../../src/content/understanding-schema.ts'

const finding = (change: Partial<Finding> = {}): Finding => ({
  by: 'critique',
  agent: 'topics',
  pointer: '/topics/0',
  key: 'looms',
  severity: 'contest',
  message: 'Is this about looms?',
  ...change,
})
const label = (key: string, origin: 'model' | 'publisher' | 'person' = 'model') => ({ key, contested: false, origin })
const of = (facet: string, ...labels: DraftLabel[]) => ({ [facet]: { facet, labels } })

describe('a label that the critic contests', () => {
  const assembled = of('topics', label('looms'), label('Lyon'))

  it('is published as contested, and the labels beside it stay as they are', () => {
    const { settled, withheld } = settle(assembled, [finding()])
    expect(settled).toEqual(of('topics', { ...label('looms'), contested: true }, label('Lyon')))
    expect(withheld).toEqual([])
  })

  it('is removed if one of its findings says so, whatever the others say', () => {
    const findings = [finding(), finding({ severity: 'drop' }), finding({ severity: 'revise' })]
    expect(settle(assembled, findings).settled).toEqual(of('topics', label('Lyon')))
  })

  it('is contested, too, if a revision that was asked for did not come', () => {
    const { settled } = settle(assembled, [finding({ severity: 'revise' })])
    expect(settled).toEqual(of('topics', { ...label('looms'), contested: true }, label('Lyon')))
  })

  it.each<[string, Partial<Finding>]>([
    ['is only a remark', { severity: 'info' }],
    ["is the verifier's, who has acted already", { by: 'verify', severity: 'drop' }],
    ["is about another agent's label with the same key", { agent: 'entities' }],
    ['is about another label at the same place', { key: 'Paris' }],
  ])('stays as it is if the finding %s', (_, change) => {
    expect(settle(assembled, [finding(change)])).toEqual({ settled: assembled, withheld: [] })
  })

  it.each(['publisher', 'person'] as const)('stays as it is if a %s made it', (origin) => {
    const made = of('topics', label('looms', origin))
    expect(settle(made, [finding({ severity: 'drop' })])).toEqual({ settled: made, withheld: [] })
  })
})

describe('an objection', () => {
  it.each(['revise', 'contest', 'drop'] as const)('to a claim (%s) removes the claim', (severity) => {
    const claims = of('summary', { key: 'first' }, { key: 'second' })
    const { settled, withheld } = settle(claims, [finding({ agent: 'summary', key: 'first', severity })])
    expect(settled).toEqual(of('summary', { key: 'second' }))
    expect(withheld).toEqual([])
  })

  it.each(['revise', 'contest', 'drop'] as const)(
    'to a suitability label (%s) withholds it for a person, with its own findings and no others',
    (severity) => {
      const own = finding({ agent: 'suitability', key: 'crime', severity })
      const remark = finding({ agent: 'suitability', key: 'crime', severity: 'info' })
      const other = finding({ agent: 'topics', key: 'crime' })
      const { settled, withheld } = settle(of('suitability', label('crime'), label('arms')), [own, remark, other])
      expect(settled).toEqual(of('suitability', label('arms')))
      expect(withheld).toEqual([{ facet: 'suitability', label: label('crime'), findings: [own] }])
    },
  )

  it('to a chapter changes nothing, because the critic is not asked about chapters', () => {
    const chapters = of('chapters', label('start'))
    expect(settle(chapters, [finding({ agent: 'chapters', key: 'start', severity: 'drop' })])).toEqual({
      settled: chapters,
      withheld: [],
    })
  })

  it("goes by the name of the agent, and the type of the agent's facet says what follows", () => {
    const assembled = { safety: { facet: 'suitability', labels: [label('crime')] } }
    expect(settle(assembled, [finding({ agent: 'suitability', key: 'crime' })]).withheld).toEqual([])
    expect(settle(assembled, [finding({ agent: 'safety', key: 'crime' })])).toMatchObject({
      settled: { safety: { facet: 'suitability', labels: [] } },
      withheld: [{ facet: 'suitability', label: { key: 'crime' } }],
    })
  })
})
