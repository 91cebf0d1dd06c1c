import { LRUCache } from 'lru-cache'
import { sha256 } from '../content/text/hash.ts'
import type { Embedder } from '../models/embedder.ts'
import { unpackVector } from '../recordings/packed-vectors.ts'
import type { Recording } from '../recordings/recording.ts'

/** Gives replays the vectors that recordings contain. */
export interface VectorShelf {
  /** The local embedder. It computes only what the recording does not contain in the same vector space. */
  embedderFor(recording: Pick<Recording, 'derived'>, local: Embedder): Embedder
}

/** How many vectors are kept unpacked at a time, 4 KB each. */
const MAX_VECTORS = 20_000

/** Recordings of one text contain the same vectors. Each is unpacked once, and frozen, because the next replay gets it too. */
export function createVectorShelf(maxVectors: number = MAX_VECTORS): VectorShelf {
  const unpacked = new LRUCache<string, { vector: number[] | null }>({
    max: maxVectors,
    memoMethod(base64) {
      const numbers = unpackVector(base64)
      return { vector: numbers === null ? null : frozenArray(numbers) }
    },
  })

  return {
    embedderFor({ derived }, local) {
      const packed = new Map<string, unknown>(
        derived.flatMap(({ kind, version, value }) =>
          kind === 'vectors' && version === local.space && typeof value === 'object' && value !== null
            ? Object.entries(value)
            : [],
        ),
      )
      return serving(local, (text) => {
        const base64 = packed.get(sha256(text))
        if (typeof base64 !== 'string') return null
        const { vector } = unpacked.memo(base64)
        return vector?.length === local.dimension ? vector : null
      })
    },
  }
}

/** `Array.from` goes through the iterator, and takes ten times as long. */
function frozenArray(numbers: Float32Array): number[] {
  const array = new Array<number>(numbers.length)
  for (let at = 0; at < numbers.length; at++) array[at] = numbers[at] ?? 0
  Object.freeze(array)
  return array
}

function serving(real: Embedder, recorded: (text: string) => number[] | null): Embedder {
  const { space, dimension, languages, local } = real
  return {
    space,
    dimension,
    languages,
    local,
    async embed(texts, options) {
      const served = texts.map(recorded)
      const missing = texts.filter((_, at) => served[at] === null)
      const made = missing.length === 0 ? [] : await real.embed(missing, options)
      let next = 0
      return served.map((vector) => {
        const found = vector ?? made[next++]
        if (found === undefined) throw new Error('the embedder gave fewer vectors than it was given texts')
        return found
      })
    },
  }
}
