import { describe, expect, it } from 'vitest'
import { reviewedClaims } from '../../../graphs/labels/reviewed-claims.ts'
import type { Origin } from '../../../src/content/labels/label-type.ts'
import { placesIn, readingOf } from '../../support/reading-of.ts'

const places = placesIn(
  readingOf([
    'Looms read their pattern from cards.',
    'A riot broke out in Lyon. It rained for the whole of that night.',
  ]),
)
const at = (segment: number, quote?: string) => ({
  source: 'transcript' as const,
  segment,
  ...(quote !== undefined && { quote }),
})
const place = (name: string, origin: Origin, ...refs: ReturnType<typeof at>[]) => ({
  key: `place/${name}`,
  name,
  type: 'place',
  aliases: [],
  score: 0.5,
  origin,
  refs,
})
const claim = (text: string, ...refs: ReturnType<typeof at>[]) => ({ key: `key of ${text}`, text, short: false, refs })

describe('what the critic is asked to judge', () => {
  it('is each label of a model: its statement, its place, its score and the true words that support it', () => {
    const assembled = {
      names: { facet: 'entities', labels: [place('Lyon', 'model', at(1))] },
      summary: { facet: 'summary', labels: [claim('Cards told looms what to do.', at(0, 'pattern from cards'))] },
    }
    expect(reviewedClaims(assembled, places)).toEqual([
      {
        agent: 'names',
        pointer: '/entities/0',
        key: 'place/Lyon',
        label: 'Lyon (place)',
        score: 0.5,
        evidence: [{ quote: 'A riot broke out in Lyon.', match: 'verbatim', segment: 1 }],
      },
      {
        agent: 'summary',
        pointer: '/summary/claims/0',
        key: 'key of Cards told looms what to do.',
        label: 'Cards told looms what to do.',
        score: null,
        evidence: [{ quote: 'pattern from cards', match: 'verbatim', segment: 0 }],
      },
    ])
  })

  it('is not what people and publishers say, and pointers count these labels, too', () => {
    const labels = [place('Lyon', 'person'), place('Paris', 'publisher'), place('Metz', 'model')]
    expect(reviewedClaims({ entities: { facet: 'entities', labels } }, places)).toMatchObject([
      { pointer: '/entities/2', key: 'place/Metz' },
    ])
  })

  it('is no chapter', () => {
    const chapters = { facet: 'chapters', labels: [{ key: 'start', title: 'Start', origin: 'model' as const }] }
    expect(reviewedClaims({ chapters }, places)).toEqual([])
  })

  it('shows no words that are not in the text, and says which were nearly right', () => {
    const made = at(0, 'the robots have taken over the whole city')
    const nearly = at(0, 'LOOMS READ THEIR PATTERN FROM CARDS')
    const assembled = { summary: { facet: 'summary', labels: [claim('Looms read.', made, nearly, at(7))] } }
    expect(reviewedClaims(assembled, places)).toMatchObject([
      { evidence: [{ quote: 'Looms read their pattern from cards', match: 'drift', segment: 0 }] },
    ])
  })
})
