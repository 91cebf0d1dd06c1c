import { z } from 'zod'
import type { Embedder } from '../embedder.ts'
import { createLimiter } from '../limited-concurrency.ts'
import { type FarSide, type RetryOptions, withRetries } from '../retry.ts'
import { MalformedAnswer } from './endpoint-failure.ts'
import { postTo } from './openai-endpoint.ts'

export interface OpenAiEmbedderOptions extends RetryOptions {
  /** The address with its version path, for example `https://api.openai.com/v1`. */
  baseUrl: string
  apiKey?: string
  model: string
  /** The length of its vectors. */
  dimension: number
  /** Requests vectors of this length, for models that can shorten their vectors; default false. */
  sendDimensions?: boolean
  /** Distinguishes vector spaces if an endpoint changes the weights behind a model's name. */
  revision?: string
  /** The number of texts in one request; default 64. */
  batchSize?: number
  /** The maximum number of parallel requests; default 4. */
  concurrency?: number
  fetch?: typeof fetch
}

const Answer = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1) })),
})

/**
 * An embedder for any endpoint with OpenAI's `/embeddings`. Its space is `<model>@<dimension>`, plus `-<revision>` if given.
 * A blank text is sent as one space, because endpoints refuse empty input.
 *
 * `embed` rejects with `ModelError` after its retries. A vector whose length differs from the declared one is `malformed`.
 */
export function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const { model, dimension, apiKey, fetch: send = fetch, batchSize = 64 } = options
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const limited = createLimiter(options.concurrency ?? 4)
  const farSide: FarSide = {
    what: `${model} at ${baseUrl}`,
    keySetting: 'its API key',
    urlSetting: 'the base URL of the embedder',
    ...(apiKey ? { secret: apiKey } : {}),
  }

  async function request(texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    const json = {
      model,
      input: texts.map((text) => (text.trim() === '' ? ' ' : text.toWellFormed())),
      encoding_format: 'float',
      ...(options.sendDimensions ? { dimensions: dimension } : {}),
    }
    const { data } = await postTo(`${baseUrl}/embeddings`, { json }, Answer, { apiKey, send, signal })
    const vectors = new Map(data.map(({ index, embedding }) => [index, embedding]))
    return texts.map((_, index) => {
      const vector = vectors.get(index)
      if (!vector) throw new MalformedAnswer(`no vector for input ${index} of ${texts.length}`)
      if (vector.length === dimension) return normalise(vector)
      throw new MalformedAnswer(`a vector of ${vector.length} numbers where ${dimension} are declared`)
    })
  }

  return {
    space: `${model}@${dimension}${options.revision ? `-${options.revision}` : ''}`,
    dimension,
    languages: 'any',
    local: false,
    async embed(texts, { signal } = {}) {
      signal?.throwIfAborted()
      const batches = Array.from({ length: Math.ceil(texts.length / batchSize) }, (_, i) =>
        texts.slice(i * batchSize, (i + 1) * batchSize),
      )
      const done = await Promise.all(
        batches.map((batch) =>
          limited(async () => (await withRetries((s) => request(batch, s), farSide, options, signal)).value, signal),
        ),
      )
      return done.flat()
    },
  }
}

function normalise(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => Math.fround(value / length))
}
