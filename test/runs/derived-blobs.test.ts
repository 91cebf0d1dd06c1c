import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/content/text/hash.ts'
import { makeText } from '../../src/content/text/text.ts'
import type { Segment } from '../../src/content/transcript/segments.ts'
import { readVectors } from '../../src/recordings/packed-vectors.ts'
import { derivedOf, rememberVectors, SEGMENTER } from '../../src/runs/derived-blobs.ts'
import { fakeEmbedder, singlePrecision } from '../support/fake-embedder.ts'

const transcript = makeText('transcript', 'Cards lift threads.')
const title = makeText('title', 'Looms')
const segment: Segment = {
  index: 0,
  start: 0,
  end: 19,
  words: 3,
  language: 'en',
  role: 'content',
  speaker: null,
  startMs: null,
  endMs: null,
  timing: null,
}
const read = { texts: [title, transcript], segments: [segment] }

describe('the vectors of a run', () => {
  it('are remembered as the local embedder made them, by text', async () => {
    const local = singlePrecision()
    const used = rememberVectors(local)
    const vectors = await used?.embedder.embed(['a', 'b'])
    expect(vectors).toEqual([local.asked.get('a'), local.asked.get('b')])
    expect(used?.made).toEqual(local.asked)
    expect(used?.embedder).toMatchObject({ space: 'fake@1', dimension: 8, languages: ['en'], local: true })
  })

  it('are not remembered where a 32-bit float would change them', async () => {
    const used = rememberVectors({ ...fakeEmbedder(), embed: async () => [[0.1], [0.5]] })
    await used?.embedder.embed(['a tenth', 'a half'])
    expect([...(used?.made ?? [])]).toEqual([['a half', [0.5]]])
  })

  it('are none where there is no embedder, or where it is a call that the ledger records', () => {
    expect(rememberVectors(null)).toBeNull()
    expect(rememberVectors(fakeEmbedder({ local: false }))).toBeNull()
  })
})

describe('what is kept beside the transcript of a run', () => {
  it('is its segments, and its vectors where some were made, each with what made it', async () => {
    const used = rememberVectors(singlePrecision())
    expect(derivedOf(read, used)).toEqual([
      { textHash: transcript.hash, kind: 'segments', version: SEGMENTER, value: [segment] },
    ])
    const vectors = await used?.embedder.embed(['Cards'])
    const [, kept] = derivedOf(read, used)
    expect(kept).toMatchObject({ textHash: transcript.hash, kind: 'vectors', version: 'fake@1' })
    expect(readVectors(kept?.value)).toEqual(new Map([[sha256('Cards'), Float32Array.from(vectors?.[0] ?? [])]]))
    expect(derivedOf({ ...read, segments: [] }, used).map(({ kind }) => kind)).toEqual(['vectors'])
  })

  it('is nothing where there is no transcript, whatever was embedded', async () => {
    const used = rememberVectors(singlePrecision())
    await used?.embedder.embed(['Looms'])
    expect(derivedOf({ texts: [title], segments: [] }, used)).toEqual([])
  })
})
