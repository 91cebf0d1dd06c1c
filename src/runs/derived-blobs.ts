import type { Text } from '../content/text/text.ts'
import type { Segment } from '../content/transcript/segments.ts'
import { SEGMENTER_VERSION } from '../content/transcript/segments.ts'
import type { Derived } from '../database/records.ts'
import type { Embedder } from '../models/embedder.ts'
import { packVectors } from '../recordings/packed-vectors.ts'

/** Names the code that cuts transcripts, as `derived.version` does. */
export const SEGMENTER = `segmenter@${SEGMENTER_VERSION}`

/** The local embedder of one run, which remembers what it made. */
export interface UsedVectors {
  embedder: Embedder
  /** By embedded text. */
  readonly made: ReadonlyMap<string, readonly number[]>
}

/** Null if vectors are made elsewhere: then they are exchanges in the ledger. */
export function rememberVectors(embedder: Embedder | null): UsedVectors | null {
  if (embedder === null || !embedder.local) return null
  const made = new Map<string, readonly number[]>()
  const { space, dimension, languages, local } = embedder
  return {
    made,
    embedder: {
      space,
      dimension,
      languages,
      local,
      async embed(texts, options) {
        const vectors = await embedder.embed(texts, options)
        texts.forEach((text, at) => {
          const vector = vectors[at]
          if (vector?.every(isSinglePrecision)) made.set(text, vector)
        })
        return vectors
      },
    },
  }
}

/**
 * What is computed from a run's transcript and kept beside it. The segments are for those who show or search the published item. Segments
 * and the run's local vectors together are for those who replay its recording.
 */
export function derivedOf(
  { texts, segments }: { texts: readonly Text[]; segments: readonly Segment[] },
  used: UsedVectors | null,
): Derived[] {
  const transcript = texts.find(({ source }) => source === 'transcript')
  if (transcript === undefined) return []
  const { hash: textHash } = transcript
  const derived: Derived[] = []
  if (segments.length > 0) derived.push({ textHash, kind: 'segments', version: SEGMENTER, value: segments })
  if (used !== null && used.made.size > 0)
    derived.push({ textHash, kind: 'vectors', version: used.embedder.space, value: packVectors(used.made) })
  return derived
}

/** Vectors are kept as 32-bit floats. A number that does not fit into one would come back changed. */
function isSinglePrecision(value: number): boolean {
  return Object.is(Math.fround(value), value)
}
