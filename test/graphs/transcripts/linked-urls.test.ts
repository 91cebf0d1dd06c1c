import { expect, it } from 'vitest'
import { chaptersUrls, linkedTranscripts, linkedUrls } from '../../../graphs/transcripts/linked-urls.ts'
import { talk } from '../../support/talk.ts'

const url = (n: number) => `https://example.org/${n}.vtt`
const CHAPTERS = 'https://example.org/chapters.json'

it('the first five linked transcripts are looked at, in the order of the publisher; inline ones do not count', () => {
  const links = Array.from({ length: 6 }, (_, n) => ({ url: url(n), type: 'text/vtt' }))
  const item = talk({ transcripts: [{ text: 'inline' }, ...links] })
  expect(linkedTranscripts(item).map(({ url }) => url)).toEqual([0, 1, 2, 3, 4].map(url))
  expect(linkedTranscripts(item)[0]).toEqual({ url: url(0), type: 'text/vtt', language: undefined })
  expect(linkedUrls(item)).toEqual([0, 1, 2, 3, 4].map(url))
})

it('linked chapters are looked at only if the item lists none itself', () => {
  expect(chaptersUrls(talk({ chaptersUrl: CHAPTERS }))).toEqual([CHAPTERS])
  expect(chaptersUrls(talk({ chaptersUrl: CHAPTERS, chapters: [{ startMs: 0, title: 'Lyon' }] }))).toEqual([])
  expect(linkedUrls(talk({ chaptersUrl: CHAPTERS, transcripts: [{ url: url(0) }] }))).toEqual([url(0), CHAPTERS])
})
