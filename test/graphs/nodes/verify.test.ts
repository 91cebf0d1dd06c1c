import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verify } from '../../../graphs/nodes/verify.ts'
import type { Assembled, State, Verification } from '../../../graphs/state.ts'
import type { EvidenceRef } from '../../../src/content/evidence/evidence-ref.ts'
import type { Origin } from '../../../src/content/labels/label-type.ts'
import { type Situation, situation } from '../../support/node-run.ts'
import { said, talk } from '../../support/talk.ts'

const TRUE = 'a chain of wooden cards'
const FALSE = 'the robots have taken over the whole of the city'
const at = (segment: number, quote?: string): EvidenceRef => ({
  source: 'transcript',
  segment,
  ...(quote !== undefined && { quote }),
})
const claim = (text: string, ...refs: EvidenceRef[]) => ({ key: text, text, short: false, refs })
const summary = (...labels: ReturnType<typeof claim>[]): Assembled => ({ summary: { facet: 'summary', labels } })

async function verified(state: Partial<State>, given: Situation = {}): Promise<Verification & { left: Assembled }> {
  const prepared = situation({ ...given, state })
  const { verification, assembled } = await verify(prepared.state, prepared.run)
  if (!verification || !assembled) throw new Error('the verifier leaves what it found')
  return { ...verification, left: assembled }
}

describe('a quote', () => {
  it('that stands in its text stays, wherever it begins and ends between words', async () => {
    const words = fc.tuple(fc.nat(3), fc.nat(40), fc.integer({ min: 3, max: 12 }))
    await fc.assert(
      fc.asyncProperty(words, async ([part, first, count]) => {
        const quote = said(part)
          .split(' ')
          .slice(first, first + count)
          .join(' ')
        const { left, counts, drifted, findings } = await verified({ assembled: summary(claim('c', at(part, quote))) })
        expect(left).toEqual(summary(claim('c', at(part, quote))))
        expect([counts, drifted, findings]).toEqual([{ verbatim: 1, drift: 0, fabricated: 0 }, [], []])
      }),
      { numRuns: 25 },
    )
  })

  it('that differs slightly is replaced by the true words, and is known as such from then on', async () => {
    const near = said(1).slice(0, 118).replace('quoted', 'cited').replace('young', 'small')
    const { left, counts, drifted } = await verified({ assembled: summary(claim('Ada saw a loom.', at(1, near))) })
    const quote = left.summary?.labels[0]?.refs?.[0]?.quote ?? ''
    expect(quote).not.toBe(near)
    expect(said(1)).toContain(quote)
    expect(counts).toEqual({ verbatim: 0, drift: 1, fabricated: 0 })
    expect(drifted).toEqual([`transcript\n1\n${quote}`])
  })

  it('that is made up is removed, and the finding says whose it is, where it should stand and what it says', async () => {
    const made = claim('Robots rule.', at(0, FALSE), at(0, TRUE))
    const { left, counts, findings } = await verified({ assembled: summary(made) })
    expect(left).toEqual(summary(claim('Robots rule.', at(0, TRUE))))
    expect(counts).toEqual({ verbatim: 1, drift: 0, fabricated: 1 })
    expect(findings).toEqual([
      {
        by: 'verify',
        agent: 'summary',
        pointer: '/summary',
        key: 'Robots rule.',
        severity: 'revise',
        message: `The quote for "Robots rule." does not stand in segment 0: "${FALSE}".`,
      },
    ])
  })

  it('of the title is looked up in the title, not in the transcript', async () => {
    const quoting = (quote: string) => claim('c', { source: 'title', segment: null, quote })
    const { left, findings } = await verified({ assembled: summary(quoting('Looms and numbers'), quoting(TRUE)) })
    expect(left).toEqual(summary(quoting('Looms and numbers')))
    expect(findings).toMatchObject([{ message: `The quote for "c" does not stand in the title: "${TRUE}".` }])
  })

  it('of a text that the item does not have is made up', async () => {
    const { left, counts } = await verified(
      { assembled: summary(claim('c', at(0, TRUE))) },
      { item: talk({ transcripts: [] }) },
    )
    expect([left, counts.fabricated]).toEqual([summary(), 1])
  })
})

describe('a label', () => {
  const topic = (origin: Origin) => ({
    key: 'iab/596',
    taxonomy: 'iab',
    id: '596',
    name: 'Technology & Computing',
    path: [],
    score: 0.5,
    contested: false,
    origin,
    refs: [at(0, FALSE)],
  })

  it.each<[Origin, boolean]>([
    ['model', false],
    ['publisher', true],
    ['person', true],
  ])('without any quote that holds, from a %s, stays: %s', async (origin, stays) => {
    const { left } = await verified({ assembled: { topics: { facet: 'topics', labels: [topic(origin)] } } })
    expect(left.topics?.labels).toEqual(stays ? [{ ...topic(origin), refs: [] }] : [])
  })

  it('of a kind that quotes nothing stays as it is', async () => {
    const chapter = {
      key: 'k',
      title: 'Lyon',
      startMs: null,
      endMs: null,
      timing: null,
      firstSegment: 0,
      lastSegment: 1,
      origin: 'model' as const,
    }
    const assembled: Assembled = { chapters: { facet: 'chapters', labels: [chapter] } }
    expect((await verified({ assembled })).left).toEqual(assembled)
  })
})

describe('a made-up quote', () => {
  const first: Verification = { findings: [], counts: { verbatim: 1, drift: 0, fabricated: 2 }, drifted: [] }
  const judgement = { verdict: 'revise' as const, findings: [], usage: null, fingerprint: null, reused: false }
  const assembled = summary(claim('Robots rule.', at(0, FALSE)))

  it('of an answer that was revised is added to those of the rounds before', async () => {
    const { counts } = await verified({
      round: 1,
      verification: first,
      assembled,
      judgement: { ...judgement, revise: ['summary'] },
    })
    expect(counts).toEqual({ verbatim: 0, drift: 0, fabricated: 3 })
  })

  it('of an answer that was not revised was counted in its own round', async () => {
    const { counts, findings } = await verified({
      round: 1,
      verification: first,
      assembled,
      judgement: { ...judgement, revise: ['topics'] },
    })
    expect(counts.fabricated).toBe(2)
    expect(findings).toHaveLength(1)
  })
})
