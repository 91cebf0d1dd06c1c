import type { Recording } from './recording.ts'
import type { NamedBlobs } from './recording-bodies.ts'
import { type Counts, FORMAT_PREFIX, FORMAT_VERSION, PRODUCT } from './recording-format.ts'

/** How many lines of each kind a recording has. */
export function countsOf({ steps, exchanges, derived }: Recording, { bodies, texts }: NamedBlobs): Counts {
  return {
    steps: steps.length,
    exchanges: exchanges.length,
    derived: derived.length,
    blobs: bodies.size + texts.size,
  }
}

/** All lines of a recording except the last one, in order. They are not yet checked against their schema. */
export function* framesOf(recording: Recording, blobs: NamedBlobs, createdBy: string): Generator<object> {
  const { run, item, configuration, document, steps, exchanges, derived, redacted } = recording
  const format = `${FORMAT_PREFIX}${FORMAT_VERSION}`
  yield { frame: 'header', product: PRODUCT, format, createdBy, redacted, counts: countsOf(recording, blobs) }
  yield { frame: 'run', ...run }
  yield { frame: 'item', item }
  yield { frame: 'configuration', configuration }
  yield { frame: 'document', document }
  for (const step of steps) yield { frame: 'step', ...step }
  // `requestHash` is the same as `request`.
  for (const { requestHash: _, ...exchange } of exchanges) yield { frame: 'exchange', ...exchange }
  for (const entry of derived) yield { frame: 'derived', ...entry }
  for (const kind of [blobs.bodies, blobs.texts]) for (const [hash, text] of kind) yield { frame: 'blob', hash, text }
}
