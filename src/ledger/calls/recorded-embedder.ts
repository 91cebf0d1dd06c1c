import { z } from 'zod'
import type { Embedder } from '../../models/embedder.ts'
import type { Scope } from '../ledger-session.ts'

const Vector = z.array(z.number())

/**
 * Makes an embedder whose remote calls are exchanges, one for each text; texts that are not recorded go out in one batch. A local
 * embedder always computes, in replays too. Only its failed calls are exchanges; a replay serves the failure again.
 */
export function recordedEmbedder(embedder: Embedder, scope: Scope, signal: AbortSignal): Embedder {
  const { space, dimension, languages, local } = embedder
  return {
    space,
    dimension,
    languages,
    local,
    embed(texts, options) {
      if (local) {
        return scope.exchange({
          kind: 'embed',
          request: { space, texts },
          perform: () => embedder.embed(texts, options),
          costly: false,
          local,
          read: (json) => Vector.array().parse(json),
        })
      }
      const batch = createBatch((misses) => embedder.embed(misses, { signal }))
      return Promise.all(
        texts.map((text) =>
          scope.exchange({
            kind: 'embed',
            request: { space, text },
            perform: () => batch(text),
            costly: true,
            read: (json) => Vector.parse(json),
          }),
        ),
      )
    },
  }
}

/** Collects the texts that are requested in one turn of the event loop and embeds them with one call. */
function createBatch(embed: (texts: string[]) => Promise<number[][]>): (text: string) => Promise<number[]> {
  let waiting: string[] = []
  let answer: Promise<number[][]> | undefined
  return async (text) => {
    const place = waiting.push(text) - 1
    answer ??= Promise.resolve().then(() => {
      const texts = waiting
      waiting = []
      answer = undefined
      return embed(texts)
    })
    const vector = (await answer)[place]
    if (vector === undefined) throw new Error('the embedder gave fewer vectors than it was given texts')
    return vector
  }
}
