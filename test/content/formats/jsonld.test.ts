import { describe, expect, it } from 'vitest'
import { isoDuration, toJsonLd } from '../../../src/content/formats/jsonld.ts'
import { publishedEpisode } from './published.ts'

const episode = publishedEpisode()
const IAB = {
  '@type': 'DefinedTermSet',
  identifier: 'iab-content-3.1',
  name: 'IAB Tech Lab Content Taxonomy 3.1',
  url: 'https://github.com/InteractiveAdvertisingBureau/Taxonomies',
}
const APPLE = {
  '@type': 'DefinedTermSet',
  identifier: 'apple-podcasts',
  name: 'Apple Podcasts categories',
  url: 'https://podcasters.apple.com/support/1691-apple-podcasts-categories',
}

describe('JSON-LD', () => {
  it('describes an episode in the words of schema.org, worked out by hand', () => {
    expect(toJsonLd(episode)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'PodcastEpisode',
      identifier: 'ep-7',
      name: 'The tide mill',
      abstract: 'A mill that runs on the tide.',
      description: 'A mill that runs on the tide. It still grinds.',
      inLanguage: 'en',
      datePublished: '2025-05-19T06:00:00+01:00',
      isFamilyFriendly: false,
      associatedMedia: { '@type': 'AudioObject', contentUrl: 'https://media.example/ep-7.mp3', duration: 'PT30M1S' },
      duration: 'PT30M1S',
      partOfSeries: {
        '@type': 'PodcastSeries',
        name: 'Old Machines',
        publisher: { '@type': 'Organization', name: 'Harbour Radio' },
      },
      about: [
        { '@type': 'DefinedTerm', name: 'Education', termCode: '132', inDefinedTermSet: IAB },
        { '@type': 'DefinedTerm', name: 'History', termCode: 'history', inDefinedTermSet: APPLE },
        { '@type': 'DefinedTerm', name: 'Science', termCode: '464', inDefinedTermSet: IAB },
      ],
      mentions: [
        { '@type': 'Place', name: 'Eling', alternateName: ['Eling Quay'] },
        { '@type': 'Person', name: 'Mary Pope', sameAs: ['https://people.example/mary'] },
      ],
      hasPart: [
        { '@type': 'Clip', name: 'Arrival', startOffset: 0, endOffset: 61.5 },
        { '@type': 'Clip', name: 'The wheel', startOffset: 61.5 },
      ],
    })
  })

  it.each([
    ['talk', 'AudioObject', 'isPartOf', 'contentUrl', 'duration'],
    ['video', 'VideoObject', 'isPartOf', 'contentUrl', 'duration'],
    ['song', 'MusicRecording', 'inAlbum', 'associatedMedia', 'duration'],
    ['audiobook_chapter', 'Chapter', 'isPartOf', 'associatedMedia', 'timeRequired'],
  ] as const)('describes a %s as %s', (kind, type, ...properties) => {
    const node = toJsonLd(publishedEpisode({ item: { ...episode.item, kind } }))
    expect(node['@type']).toBe(type)
    for (const property of properties) expect(node).toHaveProperty(property)
  })

  it('names the set of a term as an object, also where only its id is known', () => {
    const topics = episode.topics.map((topic) => ({ ...topic, taxonomy: 'our-own' })).slice(0, 1)
    expect(toJsonLd(publishedEpisode({ topics })).about).toEqual([
      {
        '@type': 'DefinedTerm',
        name: 'Education',
        termCode: '132',
        inDefinedTermSet: { '@type': 'DefinedTermSet', identifier: 'our-own' },
      },
    ])
  })

  it('mentions no contested entity', () => {
    const entities = episode.entities.map((entity) => ({ ...entity, contested: entity.name === 'Mary Pope' }))
    expect(toJsonLd(publishedEpisode({ entities })).mentions).toMatchObject([{ name: 'Eling' }])
  })

  it('says nothing of what is not known', () => {
    const { parent: _, publishedAt: _at, ...item } = { ...episode.item, title: '', language: null, durationMs: null }
    const timeline = { audioUrl: null, durationMs: null }
    const bare = publishedEpisode({
      item,
      timeline,
      summary: null,
      topics: [],
      entities: [],
      chapters: [],
      attributes: {},
    })
    expect(Object.keys(toJsonLd(bare))).toEqual(['@context', '@type', 'identifier'])
  })

  it.each([
    [0, 'PT0S'],
    [59_499, 'PT59S'],
    [60_000, 'PT1M'],
    [3_600_000, 'PT1H'],
    [90_061_000, 'PT25H1M1S'],
  ])('writes %i milliseconds as %s', (ms, written) => expect(isoDuration(ms)).toBe(written))
})
