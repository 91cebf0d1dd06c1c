import { sha256 } from '../../content/text/hash.ts'
import { workerEntry } from '../../threads/start-worker.ts'
import { createWorkerPool } from '../../threads/worker-pool.ts'
import type { Embedder } from '../embedder.ts'
import { createSharedWork } from './shared-work.ts'
import { prepareForUseLite, USE_LITE_DIMENSION, USE_LITE_SPACE } from './use-lite-model.ts'

export interface UseLiteOptions {
  /** Worker threads, each with 28 MB of weights of its own; 1 without it. */
  threads?: number
  /** Vectors kept in memory, 2 KB each; 10,000 without it. */
  cacheSize?: number
  /** A thread without work ends after this time; without it, it stays. */
  idleMs?: number
}

/**
 * Universal Sentence Encoder Lite on worker threads: English, 512 dimensions, nothing but the installed package.
 *
 * The first call starts a thread (0.3 s); threads do not keep the process alive when there is no work. Texts go to the
 * threads one by one and calls take turns, so that a short question is answered while an hour of speech is embedded.
 * Texts are hashed: equal texts are computed once and kept, also across calls that run at the same time. Texts beyond
 * 8,000 characters are cut there.
 *
 * `embed` rejects with `WorkerCrashed` if the thread dies; the next call gets a new one.
 */
export function createUseLiteEmbedder(options: UseLiteOptions = {}): Embedder & { close(): Promise<void> } {
  const pool = createWorkerPool<string, Float32Array>(workerEntry('use-lite-worker', import.meta.url), {
    name: 'embedding',
    size: options.threads ?? 1,
    ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
  })
  const vectors = createSharedWork<Float32Array>(options.cacheSize ?? 10_000)
  return {
    ...SPACE,
    async embed(texts, { signal } = {}) {
      const lane = {}
      const found = await Promise.all(
        texts.map((text) => {
          const prepared = prepareForUseLite(text)
          return vectors.get(sha256(prepared), (inner) => pool.run(prepared, { signal: inner, lane }), signal)
        }),
      )
      return found.map((vector) => Array.from(vector))
    },
    close: () => pool.close(),
  }
}

const SPACE = {
  space: USE_LITE_SPACE,
  dimension: USE_LITE_DIMENSION,
  languages: ['en'],
  local: true,
} as const
