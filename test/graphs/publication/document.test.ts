import { describe, expect, it } from 'vitest'
import { contentsOf } from '../../../graphs/publication/document.ts'
import { EMPTY } from '../../../src/content/labels/contents.ts'
import type { DraftLabel } from '../../../src/content/labels/label-type.ts'
import { LONGEST_CLIP } from '../../../src/content/text/clip.ts'
import { placesIn, readingOf } from '../../support/reading-of.ts'

const LONG =
  'The weavers of Lyon were less pleased with the machine, because they feared for their wages and for those of their children.'
const places = placesIn(readingOf(['Looms read their pattern from cards.', LONG]))
const entity = (name: string, ...refs: DraftLabel['refs'] & {}) => ({
  key: `place/${name}`,
  name,
  type: 'place',
  aliases: [],
  salience: 1,
  mentions: 1,
  score: 0.5,
  contested: false,
  origin: 'model' as const,
  refs,
})
const claim = (text: string, quote: string) => ({
  key: text,
  text,
  short: true,
  refs: [{ source: 'transcript' as const, segment: 0, quote }],
})
const lyon = { entities: { facet: 'entities', labels: [entity('Lyon', { source: 'transcript', segment: 1 })] } }

describe('the contents of a document', () => {
  it('are empty if no label is settled, and each document has its own', () => {
    const contents = contentsOf({}, places, 'full')
    expect(contents).toEqual(EMPTY)
    expect(contents.extra).not.toBe(EMPTY.extra)
  })

  it('have each facet in its part, and nothing in the parts of facets that are not settled', () => {
    const settled = {
      ...lyon,
      writer: { facet: 'summary', labels: [claim('Cards told looms what to do.', 'pattern from cards')] },
    }
    expect(contentsOf(settled, places, 'full')).toMatchObject({
      ...EMPTY,
      entities: [{ name: 'Lyon', evidence: [{ segment: 1, quote: LONG, match: 'verbatim' }] }],
      summary: { short: 'Cards told looms what to do.', claims: [{ evidence: [{ quote: 'pattern from cards' }] }] },
    })
  })

  it('quote nothing that is not in the text', () => {
    const made = { source: 'transcript' as const, segment: 0, quote: 'the robots have taken over the whole city' }
    const beyond = { source: 'transcript' as const, segment: 9 }
    const found = { source: 'transcript' as const, segment: 0, quote: 'read their pattern' }
    const settled = { entities: { facet: 'entities', labels: [entity('Lyon', made, beyond, found)] } }
    const { entities } = contentsOf(settled, places, 'full')
    expect(entities[0]?.evidence.map(({ quote }) => quote)).toEqual(['read their pattern'])
  })

  it('quote as much as the rights allow, and point at the words in any case', () => {
    const evidenceWith = (rights: 'full' | 'clipped' | 'offsets') =>
      contentsOf(lyon, places, rights).entities[0]?.evidence[0]
    expect(evidenceWith('full')?.quote).toBe(LONG)
    const clipped = evidenceWith('clipped')
    expect(clipped?.quote?.length).toBeLessThanOrEqual(LONGEST_CLIP)
    expect(places.reading.text.slice(clipped?.start, clipped?.end)).toBe(clipped?.quote)
    const offsets = evidenceWith('offsets')
    expect(offsets).not.toHaveProperty('quote')
    expect(places.reading.text.slice(offsets?.start, offsets?.end)).toBe(LONG)
  })
})
