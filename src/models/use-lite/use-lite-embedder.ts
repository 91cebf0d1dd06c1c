import { sha256 } from '../../content/text/hash.ts'
import { workerEntry } from '../../threads/start-worker.ts'
import { createWorkerPool, type WorkerPool } from '../../threads/worker-pool.ts'
import type { Embedder } from '../embedder.ts'
import { createSharedWork } from './shared-work.ts'
import { prepareForUseLite, USE_LITE_DIMENSION, USE_LITE_SPACE } from './use-lite-model.ts'

export interface UseLiteOptions {
  /** The number of worker threads, each with its own 28 MB of weights; default 1. */
  threads?: number
  /** The number of vectors in memory, 2 KB each; default 10,000. */
  cacheSize?: number
  /** An idle thread ends after this time; without this option it stays. */
  idleMs?: number
}

/**
 * Universal Sentence Encoder Lite on worker threads: English, 512 dimensions. It needs only the installed package.
 *
 * The first call starts a thread (0.3 s); `prepare` starts all of them. Idle threads do not keep the process alive. Texts go to the threads one by one and
 * calls take turns, so that a short question is answered while an hour of speech is embedded. Texts are hashed, so that equal
 * texts are computed once and cached, even for calls that run at the same time. Texts are cut after 8,000 characters.
 *
 * `embed` rejects with `WorkerCrashed` if the thread dies; the next call gets a new one.
 */
export function createUseLiteEmbedder(
  options: UseLiteOptions = {},
): Embedder & Pick<WorkerPool<never, never>, 'prepare' | 'close'> {
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
    prepare: pool.prepare,
    close: pool.close,
  }
}

const SPACE = {
  space: USE_LITE_SPACE,
  dimension: USE_LITE_DIMENSION,
  languages: ['en'],
  local: true,
} as const
