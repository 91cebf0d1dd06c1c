import { afterAll, describe, expect, it } from 'vitest'
import { embedInline } from '../../../scripts/embed-phrases.ts'
import { createUseLiteEmbedder } from '../../../src/models/use-lite/use-lite-embedder.ts'
import { embedderContract } from '../../contracts/embedder.ts'

embedderContract('use-lite', async () => createUseLiteEmbedder())

describe('createUseLiteEmbedder', () => {
  const embedder = createUseLiteEmbedder({ cacheSize: 50 })
  afterAll(() => embedder.close())
  const cosine = (a: readonly number[] = [], b: readonly number[] = []) =>
    a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)

  it('brings what means the same closer than what does not', async () => {
    const [bread, loaf, football] = await embedder.embed([
      'How to bake bread at home',
      'A loaf from your own oven',
      'The striker scored twice in the final',
    ])
    expect(cosine(bread, loaf)).toBeGreaterThan(cosine(bread, football) + 0.1)
  })

  it('gives the vectors that the inline variant gives', async () => {
    const texts = ['The committee met on Tuesday.', '', 'line\nends   and\tspaces']
    expect(await embedder.embed(texts)).toEqual(await embedInline(texts))
    expect(await embedder.embed(['line ends and spaces'])).toEqual(await embedInline([texts[2] ?? '']))
  })

  it('leaves the event loop free while it works', async () => {
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    await embedder.embed(Array.from({ length: 10 }, (_, i) => `${i} ${'some words that take a while '.repeat(12)}`))
    clearInterval(timer)
    expect(turns).toBeGreaterThan(10)
  })

  it('answers a short question before the end of a long job that came first', async () => {
    const order: string[] = []
    const long = embedder.embed(Array.from({ length: 20 }, (_, i) => `passage ${i} of a long transcript`))
    await Promise.all([
      long.then(() => order.push('long')),
      embedder.embed(['a short question']).then(() => order.push('short')),
    ])
    expect(order).toEqual(['short', 'long'])
  })

  it('rejects at once when aborted in the middle, and works on', async () => {
    const controller = new AbortController()
    const pending = embedder.embed(['about to be aborted', 'and this as well'], { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(pending).rejects.toThrow('enough')
    expect(await embedder.embed(['about to be aborted'])).toHaveLength(1)
  })

  it('declares English, 512 dimensions and its version', () => {
    expect(embedder).toMatchObject({ space: 'use-lite-en@0.2.0', dimension: 512, languages: ['en'], local: true })
  })
})
