import { afterAll, describe, expect, it } from 'vitest'
import type { Embedder } from '../../src/models/embedder.ts'

/** What every embedder promises. `open` is called once. */
export function embedderContract(name: string, open: () => Promise<Embedder & { close?(): Promise<void> }>): void {
  describe(`embedder contract: ${name}`, () => {
    const opened = open()
    afterAll(async () => (await opened).close?.())

    it('names a vector space with a version', async () => {
      expect((await opened).space).toMatch(/^.+@.+$/)
    })

    it('answers one vector a text, in order, of its dimension and of length 1', async () => {
      const embedder = await opened
      const texts = ['a recipe for bread', 'the football match', 'a recipe for bread']
      const vectors = await embedder.embed(texts)
      expect(vectors.map((vector) => vector.length)).toEqual(texts.map(() => embedder.dimension))
      for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
      expect(vectors[2]).toEqual(vectors[0])
      expect(vectors[1]).not.toEqual(vectors[0])
    })

    it('answers nothing for nothing', async () => {
      expect(await (await opened).embed([])).toEqual([])
    })

    it('gives the same vector however the texts are batched', async () => {
      const embedder = await opened
      const [alone] = await embedder.embed(['one of many'])
      const many = await embedder.embed(['first', 'one of many', 'last'])
      expect(many[1]).toEqual(alone)
    })

    it('has finite vectors for blank text, lone surrogates, other scripts and long text', async () => {
      const vectors = await (await opened).embed(['', ' \n', '\ud83d', '日本語のテキスト', 'word '.repeat(3000)])
      expect(vectors).toHaveLength(5)
      expect(vectors.flat().every(Number.isFinite)).toBe(true)
    })

    it('rejects with the reason of an aborted signal, and goes on afterwards', async () => {
      const embedder = await opened
      const reason = new Error('the run was cancelled')
      await expect(embedder.embed(['never asked'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
      expect(await embedder.embed(['asked'])).toHaveLength(1)
    })
  })
}
