import { describe, expect, it } from 'vitest'
import { metadataOf } from '../../../graphs/prompts/metadata.ts'
import { talk } from '../../support/talk.ts'

const URL = 'https://secret.example/looms'

describe('the metadata that prompts and tools show', () => {
  it('is what the publisher declares, with the titles of chapters', () => {
    const item = talk({
      language: 'en',
      publishedAt: '2026-01-31T08:00:00Z',
      durationMs: 90_000,
      explicit: false,
      parent: { title: 'Up the Ladder', publisher: 'Rung', id: 'show-7' },
      categories: ['History'],
      chapters: [{ startMs: 0, title: 'Lyon' }],
    })
    expect(metadataOf(item)).toEqual({
      kind: 'talk',
      title: 'Looms and numbers',
      language: 'en',
      publishedAt: '2026-01-31T08:00:00Z',
      durationMs: 90_000,
      explicit: false,
      show: 'Up the Ladder',
      publisher: 'Rung',
      categories: ['History'],
      chapters: ['Lyon'],
    })
  })

  it('is null or empty for what is not declared', () => {
    expect(metadataOf(talk())).toMatchObject({ language: null, durationMs: null, explicit: null, show: null })
    expect(metadataOf(talk())).toMatchObject({ categories: [], chapters: [] })
  })

  it('holds no ids, no URLs and no texts', () => {
    const item = talk({ id: 'private-id', guid: URL, url: URL, audio: { url: URL }, artwork: { url: URL } })
    const shown = JSON.stringify(metadataOf(item))
    for (const hidden of ['private-id', 'secret.example', 'Ada Lovelace', 'punched cards'])
      expect(shown).not.toContain(hidden)
  })
})
