import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { searchTranscript } from '../../tools/search-transcript.ts'
import { call, depsFor, SENTENCES, subjectEmbedder } from './tool-deps.ts'

const Found = z.object({
  ok: z.literal(true),
  value: z.object({ hits: z.array(z.object({ segment: z.number(), score: z.number(), text: z.string() })) }),
})
const segmentsOf = (result: unknown) => {
  return Found.parse(result).value.hits.map(({ segment }) => segment)
}

describe('search_transcript by words', () => {
  it('finds the segments with the words, best first, and gives the best a score of 1', async () => {
    const found = await call(searchTranscript, await depsFor(SENTENCES), { query: 'moon tides' })
    expect(found).toMatchObject({ ok: true, value: { hits: [{ segment: 3, score: 1, role: 'content' }] } })
  })

  it('finds other forms of a word, below the word itself', async () => {
    const deps = await depsFor([{ text: 'A beekeeper waits.' }, { text: 'One beekeepers guild met.' }])
    expect(segmentsOf(await call(searchTranscript, deps, { query: 'beekeepers' }))).toEqual([1, 0])
  })

  it('gives the role of a hit, so that an advertisement can be recognised', async () => {
    const found = await call(searchTranscript, await depsFor(SENTENCES), { query: 'bread' })
    expect(found).toMatchObject({ ok: true, value: { hits: [{ segment: 2, role: 'ad' }] } })
  })

  it('treats a pattern as plain words', async () => {
    const deps = await depsFor([{ text: 'aaaaaaaaaaaaaaaaaaaaaaaa' }, { text: 'the hive' }])
    expect(segmentsOf(await call(searchTranscript, deps, { query: '(a+)+$ .* h[i]ve' }))).toEqual([])
  })

  it('orders equal hits by number', async () => {
    const deps = await depsFor(['red fox', 'red fox', 'red fox'].map((text) => ({ text })))
    expect(segmentsOf(await call(searchTranscript, deps, { query: 'fox', limit: 2 }))).toEqual([0, 1])
  })

  it('finds words in scripts without spaces, but not by single characters', async () => {
    const deps = await depsFor(
      [{ text: '大阪の天気は晴れです' }, { text: '会議は東京都庁で開かれた' }, { text: '京の夢' }],
      {},
      'ja',
    )
    expect(segmentsOf(await call(searchTranscript, deps, { query: '東京' }))).toEqual([1])
  })

  it('finds a word if its accents are missing', async () => {
    const deps = await depsFor([{ text: 'Wir trafen uns im Café Möbius.' }], {}, 'de')
    expect(segmentsOf(await call(searchTranscript, deps, { query: 'cafe mobius' }))).toEqual([0])
  })

  it('shows no more than 500 characters of a segment', async () => {
    const deps = await depsFor([{ text: 'bees '.repeat(1000).trim() }])
    const { value } = Found.parse(await call(searchTranscript, deps, { query: 'bees' }))
    expect(value.hits[0]?.text.length).toBeLessThanOrEqual(500)
  })
})

describe('search_transcript by meaning', () => {
  it('ranks segments by closeness and leaves out those without a vector', async () => {
    const deps = await depsFor(SENTENCES)
    expect(segmentsOf(await call(searchTranscript, deps, { query: 'insects', mode: 'meaning' }))).toEqual([1, 2, 3])
  })

  it.each([
    ['no embedder', null],
    ['an embedder of another space', { ...subjectEmbedder, space: 'other@1' }],
  ])('tells the model to search by words if there is %s', async (_, embedder) => {
    const deps = await depsFor(SENTENCES, { embedder }, 'sw')
    const found = await call(searchTranscript, deps, { query: 'x', mode: 'meaning' })
    expect(found).toEqual({ ok: false, problem: expect.stringMatching(/"sw".*"mode": "words"/) })
  })
})

describe('search_transcript used wrongly', () => {
  it('says that there is no transcript', async () => {
    const found = await call(searchTranscript, await depsFor([]), { query: 'x' })
    expect(found).toEqual({ ok: false, problem: expect.stringContaining('no transcript') })
  })

  it.each([
    { query: '' },
    { query: '   ' },
    { query: 'x'.repeat(301) },
    { query: 'x', limit: 11 },
    { query: 'x', regex: 'y' },
  ])('refuses %j', async (args) => {
    expect(searchTranscript(await depsFor(SENTENCES)).schema.safeParse(args).success).toBe(false)
  })
})
