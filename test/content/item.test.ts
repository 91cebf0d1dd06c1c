import { describe, expect, it } from 'vitest'
import { deriveItemId, Item, ItemId } from '../../src/content/item.ts'
import { sha256 } from '../../src/content/text/hash.ts'

const item = (fields: object) => Item.parse({ kind: 'talk', ...fields })

describe('an item id', () => {
  it('is its own, else stands for the guid, else the URL, else the audio, else the words', () => {
    expect(deriveItemId(item({ id: 'mine', guid: 'g' }))).toBe('mine')
    const guid = deriveItemId(item({ guid: 'g', url: 'https://x.example/' }))
    expect(guid).toBe(deriveItemId(item({ guid: 'g', title: 'other' })))
    const url = deriveItemId(item({ url: 'https://x.example/', title: 'a' }))
    const audio = deriveItemId(item({ audio: { url: 'https://x.example/a.mp3' }, title: 'a' }))
    const words = deriveItemId(item({ title: 'a', transcripts: [{ text: 'one' }] }))
    const others = deriveItemId(item({ title: 'a', transcripts: [{ text: 'two' }] }))
    expect(new Set([guid, url, audio, words, others]).size).toBe(5)
    for (const id of [guid, url, audio, words]) {
      expect(id).toMatch(/^i_[a-z2-7]{52}$/)
      expect(ItemId.safeParse(id).success).toBe(true)
    }
  })
})

describe('an item', () => {
  it.each([
    [{ kind: 'film' }],
    [{ kind: 'talk', id: 'line\nbreak' }],
    [{ kind: 'talk', transcripts: [{}] }],
    [{ kind: 'talk', transcripts: [{ text: 'a', url: 'https://x.example/' }] }],
    [{ kind: 'talk', audio: { url: 'file:///etc/passwd' } }],
    [{ kind: 'talk', language: 'en us' }],
    [{ kind: 'talk', publishedAt: 'yesterday' }],
    [{ kind: 'talk', durationMs: -1 }],
    [{ kind: 'talk', surprise: true }],
  ])('is not %j', (value) => {
    expect(Item.safeParse(value).success).toBe(false)
  })
})

it('hashes strings as UTF-8 with lone surrogates replaced', () => {
  expect(sha256('abc')).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256('a\ud800')).toBe(sha256('a\ufffd'))
  expect(sha256('é')).toBe(sha256(Buffer.from('é', 'utf8')))
})
