import type { Embedder } from '../src/models/embedder.ts'

/** An embedder that embeds each text once, so that recording many items of one text takes no longer than it has to. */
export function rememberEmbeddings(embedder: Embedder): Embedder {
  const known = new Map<string, number[]>()
  const { space, dimension, languages, local } = embedder
  return {
    space,
    dimension,
    languages,
    local,
    async embed(texts, options) {
      const missing = [...new Set(texts)].filter((text) => !known.has(text))
      const made = missing.length === 0 ? [] : await embedder.embed(missing, options)
      missing.forEach((text, at) => {
        const vector = made[at]
        if (vector !== undefined) known.set(text, vector)
      })
      return texts.map((text) => known.get(text) ?? [])
    },
  }
}
