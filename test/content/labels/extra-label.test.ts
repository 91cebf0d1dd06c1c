import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { extraLabel } from '../../../src/content/labels/extra-label.ts'
import { foldName } from '../../../src/content/text/fold-name.ts'

const terms = extraLabel({
  facet: 'terms',
  title: 'Terms',
  fields: z.object({ term: z.string().min(1) }),
  key: ({ term }) => foldName(term),
  name: ({ term }) => term,
})
const tide = { key: 'neap tide', term: 'Neap tide', refs: [{ source: 'transcript' as const, segment: 2 }] }

describe("a label of a user's facet", () => {
  it('has a key, references and the fields that the user defines', () => {
    expect(terms.draft.parse(tide)).toEqual(tide)
    expect(terms.draft.safeParse({ ...tide, term: '' }).success).toBe(false)
    expect(terms.draft.safeParse({ key: 'neap tide', term: 'Neap tide' }).success).toBe(false)
  })

  it('is neither judged nor searched for, and is quoted by its name', () => {
    expect([terms.objected, terms.isDoubtful(tide), terms.row(tide)]).toEqual(['not-asked', false, null])
    expect([terms.words(tide), terms.claim(tide)]).toEqual(['Neap tide', 'Neap tide'])
    expect(terms.shown(tide)).toEqual({ name: 'Neap tide', detail: '', spokenAs: [] })
  })

  it('is published under the name of its facet, with quotes in place of references', () => {
    const asked: unknown[] = []
    const published = terms.publish([tide], (refs, words) => {
      asked.push(refs, words)
      return []
    })
    expect(published).toEqual({ extra: { terms: [{ key: 'neap tide', term: 'Neap tide', evidence: [] }] } })
    expect(asked).toEqual([tide.refs, 'Neap tide'])
    expect(terms.published(published)).toMatchObject([{ pointer: '/extra/terms/0', fields: { term: 'Neap tide' } }])
  })

  it('is none in a document that has nothing readable under the name of its facet', () => {
    for (const extra of [undefined, {}, { terms: 'none' }, { terms: [{ term: 'Neap tide' }] }, { others: [] }])
      expect(terms.published({ ...(extra !== undefined && { extra }) })).toEqual([])
  })

  it('is found by its key in any list of an answer', () => {
    const answer = { notes: ['text', { term: 'Ebb' }], words: [{ term: 'Flood' }, { term: 'NEAP  TIDE' }] }
    expect(terms.inAnswer(answer, tide)).toEqual({ pointer: '/words/1', entry: { term: 'NEAP  TIDE' } })
    expect(terms.inAnswer({ words: [{ term: 'Flood' }] }, tide)).toBeNull()
    expect(terms.isOffered({ term: 'neap tide' }, tide)).toBe(true)
    expect(terms.isOffered({ name: 'neap tide' }, tide)).toBe(false)
  })
})
