import { describe, expect, it } from 'vitest'
import { toPodcastChapters } from '../../../src/content/formats/podcast-chapters.ts'
import { publishedEpisode } from './published.ts'

describe('Podcasting 2.0 chapters', () => {
  it('gives times in seconds, and only chapters that have one', () => {
    expect(toPodcastChapters(publishedEpisode())).toEqual({
      version: '1.2.0',
      title: 'The tide mill',
      podcastName: 'Old Machines',
      chapters: [
        { startTime: 0, endTime: 61.5, title: 'Arrival' },
        { startTime: 61.5, title: 'The wheel' },
      ],
    })
  })

  it('stands in order of time, with an end only after its start', () => {
    const chapter = { timing: 'source', firstSegment: null, lastSegment: null, origin: 'publisher' } as const
    const chapters = [
      { ...chapter, key: 'h0', title: 'Second', startMs: 5000, endMs: 5000 },
      { ...chapter, key: 'h1', title: 'First', startMs: 1, endMs: 5000 },
    ]
    expect(toPodcastChapters(publishedEpisode({ chapters })).chapters).toEqual([
      { startTime: 0.001, endTime: 5, title: 'First' },
      { startTime: 5, title: 'Second' },
    ])
  })

  it('is an empty list for an item without times', () => {
    expect(toPodcastChapters(publishedEpisode({ chapters: [] })).chapters).toEqual([])
  })
})
