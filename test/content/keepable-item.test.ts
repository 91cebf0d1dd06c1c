import { expect, it } from 'vitest'
import { keepableItem } from '../../src/content/keepable-item.ts'
import { talk } from '../support/talk.ts'

const SIGNED = 'https://cdn.example/a?sig=hush'
const KEPT = 'https://cdn.example/a?sig=signed'

it('an item that may be stored has no secret in any of its URLs, and its texts as they are', () => {
  const text = `Listen at ${SIGNED}`
  const rest = { title: text, description: text, chapters: [{ startMs: 0, title: text }] }
  const urls = (url: string) => ({
    guid: url,
    url,
    transcripts: [{ url, type: 'text/vtt' }, { text }],
    chaptersUrl: url,
    audio: { url, type: 'audio/mpeg' },
    artwork: { url },
  })
  expect(keepableItem(talk({ ...rest, ...urls(SIGNED) }))).toEqual(talk({ ...rest, ...urls(KEPT) }))
})

it('an item without secrets does not change, and gains no fields', () => {
  const item = talk({ guid: 'episode-7' })
  expect(keepableItem(item)).toEqual(item)
  expect(Object.keys(keepableItem(item)).sort()).toEqual(Object.keys(item).sort())
})
