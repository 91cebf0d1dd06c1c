import { describe, expect, it } from 'vitest'
import { reviewsFor } from '../../../graphs/publication/open-reviews.ts'
import type { DraftLabel } from '../../../src/content/labels/label-type.ts'
import type { Finding } from '../../../src/content/understanding-schema.ts'
import { bareRun } from '../../support/bare-run.ts'
import { placesIn, readingOf } from '../../support/reading-of.ts'
import { talk } from '../../support/talk.ts'

const RIOT = 'They burned several of the new looms in the public square.'
const places = placesIn(
  readingOf([
    'Looms read cards.',
    `It was a cold night, and nobody would have thought that anything could happen there. ${RIOT}`,
  ]),
)
const RIOT_AT = places.reading.text.indexOf(RIOT)
const finding: Finding = {
  by: 'critique',
  agent: 'suitability',
  pointer: '/suitability/0',
  key: 'crime',
  severity: 'contest',
  message: 'A riot of 1800: is this a risk?',
}
const crime = (refs: DraftLabel['refs'], key = 'crime') => ({
  facet: 'suitability',
  label: { key, category: key, name: 'Looms burned', risk: 'low', refs: refs ?? [] },
  findings: [finding],
})
const HERE = { source: 'transcript' as const, segment: 1 }

describe('a review', () => {
  it('asks about one withheld label, with the title, the findings and the words that support it', () => {
    const withheld = crime([HERE])
    expect(reviewsFor([withheld], places, bareRun())).toMatchObject([
      {
        facet: 'suitability',
        key: 'crime',
        question: {
          title: 'Looms and numbers',
          label: withheld.label,
          findings: [finding],
          evidence: [{ source: 'transcript', segment: 1, quote: RIOT }],
        },
      },
    ])
    expect(reviewsFor([], places, bareRun())).toEqual([])
  })

  it('has the same id if the run is executed again, and another for another label, facet or run', () => {
    const idOf = (change: { facet?: string; key?: string; run?: string }) =>
      reviewsFor(
        [{ ...crime([], change.key), ...(change.facet !== undefined && { facet: change.facet }) }],
        places,
        bareRun({ run: { id: change.run ?? 'run-1', parentId: null } }),
      ).map(({ id }) => id)
    expect(idOf({})).toEqual(idOf({}))
    const ids = [{}, { key: 'arms' }, { facet: 'topics' }, { run: 'run-2' }].flatMap(idOf)
    expect(new Set(ids).size).toBe(4)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('shows as evidence no words that are not in the text, and none beyond the rights of the item', () => {
    const evidence = (rights: 'full' | 'offsets') => {
      const made = { ...HERE, quote: 'the robots have taken over the whole city' }
      const withheld = [crime([made, { ...HERE, quote: 'several of the new looms' }])]
      return reviewsFor(withheld, places, bareRun({ item: talk({ rights }) })).map(({ question }) => question)
    }
    const at = { segment: 1, start: RIOT_AT + 12, end: RIOT_AT + 36 }
    expect(evidence('full')).toMatchObject([{ evidence: [{ ...at, quote: 'several of the new looms' }] }])
    expect(evidence('offsets')).toMatchObject([{ evidence: [at] }])
    expect(evidence('offsets')).not.toMatchObject([{ evidence: [{ quote: expect.any(String) }] }])
  })

  it('quotes in its findings no words beyond the rights of the item', () => {
    const missing: Finding = {
      ...finding,
      by: 'verify',
      message: 'The quote "the robots have taken over" is not there.',
    }
    const [full, clipped] = (['full', 'clipped'] as const).map((rights) =>
      JSON.stringify(
        reviewsFor([{ ...crime([HERE]), findings: [missing] }], places, bareRun({ item: talk({ rights }) })),
      ),
    )
    expect(full).toContain('the robots have taken over')
    expect(clipped).not.toContain('the robots have taken over')
  })

  it('has no evidence for a label of a kind that needs no quotes', () => {
    const chapter = { facet: 'chapters', label: { key: 'start', title: 'Start' }, findings: [finding] }
    expect(reviewsFor([chapter], places, bareRun())).toMatchObject([{ question: { evidence: [] } }])
  })
})
