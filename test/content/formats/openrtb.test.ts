import { describe, expect, it } from 'vitest'
import { toOpenRtbContent } from '../../../src/content/formats/openrtb.ts'
import { publishedEpisode } from './published.ts'

const episode = publishedEpisode()

describe('OpenRTB content', () => {
  it('carries what OpenRTB 2.6 has a field for, worked out by hand', () => {
    expect(toOpenRtbContent(episode)).toEqual({
      id: 'ep-7',
      title: 'The tide mill',
      series: 'Old Machines',
      genre: 'History',
      producer: { name: 'Harbour Radio' },
      cattax: 9,
      cat: ['132', '464'],
      context: 3,
      contentrating: 'mild',
      qagmediarating: 2,
      kwarray: ['Mary Pope', 'Eling'],
      livestream: 0,
      len: 1801,
      language: 'en',
      ext: {
        linernotes: {
          version: 3,
          engine: 'extractive/1',
          status: 'complete',
          missing: [],
          awaitingReview: [],
          suitability: [{ category: 'death_injury', name: 'Death and injury', risk: 'low', contested: false }],
        },
      },
    })
  })

  it.each([
    ['video', 1],
    ['song', 3],
    ['audiobook_chapter', 3],
    ['talk', 3],
  ] as const)('says that a %s is of context %i', (kind, context) => {
    expect(toOpenRtbContent(publishedEpisode({ item: { ...episode.item, kind } })).context).toBe(context)
  })

  it('does not call a talk without audio an audio file', () => {
    const item = { ...episode.item, kind: 'talk' as const }
    const timeline = { audioUrl: null, durationMs: null }
    expect(toOpenRtbContent(publishedEpisode({ item, timeline })).context).toBe(6)
  })

  it('names the album of a song, not a series', () => {
    const content = toOpenRtbContent(publishedEpisode({ item: { ...episode.item, kind: 'song' } }))
    expect(content).toMatchObject({ album: 'Old Machines' })
    expect(content).not.toHaveProperty('series')
  })

  it('gives a language with a region as langb, never both', () => {
    const content = toOpenRtbContent(publishedEpisode({ item: { ...episode.item, language: 'pt-BR' } }))
    expect(content).toMatchObject({ langb: 'pt-BR' })
    expect(content).not.toHaveProperty('language')
  })

  it('does not make an item look safer while a label awaits review: it is listed, as contested', () => {
    const withheld = { category: 'crime', name: 'Crime', risk: 'medium' } as const
    const abstentions = [{ facet: 'suitability', reason: 'awaiting review: Crime', withheld }]
    expect(toOpenRtbContent(publishedEpisode({ status: 'partial', abstentions })).ext.linernotes).toMatchObject({
      version: 3,
      status: 'partial',
      missing: [],
      awaitingReview: ['suitability'],
      suitability: [
        { category: 'death_injury', risk: 'low', contested: false },
        { ...withheld, contested: true },
      ],
    })
  })

  it('lists a contested label of the document as contested', () => {
    const suitability = episode.suitability.map((label) => ({ ...label, contested: true }))
    expect(toOpenRtbContent(publishedEpisode({ suitability })).ext.linernotes.suitability).toMatchObject([
      { category: 'death_injury', contested: true },
    ])
  })

  it('says which facets are missing, each once', () => {
    const abstentions = ['suitability', 'topics', 'topics'].map((facet) => ({ facet, reason: 'away' }))
    const { ext } = toOpenRtbContent(publishedEpisode({ status: 'partial', suitability: [], abstentions }))
    expect(ext.linernotes).toMatchObject({
      status: 'partial',
      missing: ['suitability', 'topics'],
      awaitingReview: [],
      suitability: [],
    })
  })

  it('takes no contested entity for a keyword', () => {
    const entities = episode.entities.map((entity) => ({ ...entity, contested: entity.name === 'Mary Pope' }))
    expect(toOpenRtbContent(publishedEpisode({ entities })).kwarray).toEqual(['Eling'])
  })

  it('leaves out what is not known and what is contested', () => {
    const { parent: _, ...item } = { ...episode.item, title: '', language: null, durationMs: null }
    const explicit = {
      ...episode.attributes.explicit,
      value: 'clean' as const,
      score: 0.2,
      confidence: null,
      contested: true,
    }
    const content = toOpenRtbContent(
      publishedEpisode({
        item,
        topics: [],
        entities: [],
        suitability: [],
        attributes: { explicit: { ...explicit, key: 'explicit', origin: 'model', evidence: [] } },
      }),
    )
    expect(Object.keys(content).sort()).toEqual(['cat', 'cattax', 'context', 'ext', 'id', 'livestream'])
    expect(content.cat).toEqual([])
  })
})
