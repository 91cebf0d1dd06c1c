import type { Embedder } from '../../src/models/embedder.ts'

/** Vectors from the letters of a text: quick, the same for the same text, and of length 1. Knows English only. */
export function fakeEmbedder({ local = true, fails }: { local?: boolean; fails?: Error } = {}): Embedder & {
  texts: string[]
} {
  const texts: string[] = []
  return {
    space: 'fake@1',
    dimension: 8,
    languages: ['en'],
    local,
    texts,
    async embed(given) {
      if (fails) throw fails
      texts.push(...given)
      return given.map((text) => {
        const counts = Array.from({ length: 8 }, () => 1)
        for (let at = 0; at < text.length; at++)
          counts[text.charCodeAt(at) % 8] = (counts[text.charCodeAt(at) % 8] ?? 0) + 1
        const length = Math.hypot(...counts)
        return counts.map((count) => count / length)
      })
    },
  }
}

/** Like the embedder that comes with the product: 32-bit floats, which recordings keep. */
export function singlePrecision(): Embedder & { asked: Map<string, number[]> } {
  const { embed, ...rest } = fakeEmbedder()
  const asked = new Map<string, number[]>()
  return {
    ...rest,
    asked,
    async embed(texts, options) {
      const vectors = (await embed(texts, options)).map((vector) => vector.map(Math.fround))
      texts.forEach((text, at) => asked.set(text, vectors[at] ?? []))
      return vectors
    },
  }
}
