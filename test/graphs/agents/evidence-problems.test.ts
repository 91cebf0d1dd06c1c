import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distinctRefs, evidenceProblems, score } from '../../../graphs/agents/evidence-problems.ts'
import { readingOf } from '../../support/reading-of.ts'

const reading = readingOf(['Welcome.', 'Bees dance.'], { title: 'On bees' })
const transcript = (segment: number | null, quote?: string) => ({
  source: 'transcript' as const,
  segment,
  ...(quote !== undefined && { quote }),
})

describe('references of an answer', () => {
  it('are right if they name a segment that exists, or a text that the item has', () => {
    const refs = [transcript(0), transcript(1, 'Bees dance'), { source: 'title' as const, segment: null }]
    expect(evidenceProblems(refs, '/topics/0', reading)).toEqual([])
  })

  it.each([
    [transcript(2), '/topics/3/evidence/0/segment: there is no segment 2; they go from 0 to 1.'],
    [transcript(null), '/topics/3/evidence/0/segment: give the number of the segment.'],
    [{ source: 'description' as const, segment: null }, '/topics/3/evidence/0: the item has no description.'],
  ])('that are %j are told what is wrong, and where', (ref, problem) => {
    expect(evidenceProblems([ref], '/topics/3', reading)).toEqual([problem])
  })

  it('to a transcript that is not there are told where to point instead', () => {
    expect(evidenceProblems([transcript(0)], '/topics/0', readingOf([], { title: 'On bees' }))).toEqual([
      '/topics/0/evidence/0: there is no transcript; point at the title or the description with a quote.',
    ])
    const untitled = readingOf(['Bees dance.'])
    expect(evidenceProblems([{ source: 'title', segment: null }], '/topics/0', untitled)).toEqual([
      '/topics/0/evidence/0: the item has no title.',
    ])
  })

  it('are each told by their own place', () => {
    expect(evidenceProblems([transcript(5), transcript(0), transcript(6)], '/claims/1', reading)).toEqual([
      expect.stringMatching(/^\/claims\/1\/evidence\/0\/segment/),
      expect.stringMatching(/^\/claims\/1\/evidence\/2\/segment/),
    ])
  })

  it('count once if they name a place twice, in the order in which they were given', () => {
    const [bare, quoted, other] = [transcript(1), transcript(1, 'Bees dance'), transcript(0)]
    const title = { source: 'title' as const, segment: null }
    expect(distinctRefs([other, bare, quoted, title, { ...bare }, { ...quoted }, { ...title }])).toEqual([
      other,
      bare,
      quoted,
      title,
    ])
  })
})

it('a score is between 0 and 1 and has 3 decimals', () => {
  expect([-1, 0.12345, 0.9996, 7].map(score)).toEqual([0, 0.123, 1, 1])
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      expect(score(value)).toBeGreaterThanOrEqual(0)
      expect(score(value)).toBeLessThanOrEqual(1)
      expect(Number(score(value).toFixed(3))).toBe(score(value))
    }),
  )
})
