import type { Sha256 } from '../content/hash.ts'
import type { Blob } from '../ledger/blob.ts'
import { type Exchange, exchangeName, type Step, stepName } from '../ledger/exchange.ts'
import type { LedgerWrite } from '../ledger/store.ts'
import { type PackedText, packText, unpackText } from './packing.ts'

/**
 * From this many UTF-16 units on a blob has a row of its own, once an item: transcripts, which every run of the item names
 * again. What is shorter differs from run to run, and a row costs more than its text.
 */
const OWN_ROW = 32_768

/** What one flush writes for one run: a row. */
interface Chunk {
  exchanges: readonly Exchange[]
  steps: readonly Step[]
  blobs: readonly Blob[]
}

/** A chunk as its row holds it; `shared` are the hashes of the blobs that stand in rows of their own. */
export interface PackedChunk extends PackedText {
  shared: Sha256[]
}

/** A run's rows as one text, compressed at once, and the blobs that are stored beside it. */
export async function packChunk({
  exchanges,
  steps,
  blobs,
}: LedgerWrite): Promise<{ chunk: PackedChunk; long: Blob[] }> {
  const long = blobs.filter(({ text }) => text.length >= OWN_ROW)
  const short = blobs.filter(({ text }) => text.length < OWN_ROW)
  const chunk: Chunk = { exchanges, steps, blobs: short }
  return { chunk: { ...(await packText(JSON.stringify(chunk))), shared: long.map(({ hash }) => hash) }, long }
}

/**
 * All chunks of a run, in the order in which they were written, as one. Of an exchange written twice the first stays. Of a step the first
 * stays too, which says how long its work took, unless a later attempt has come to something else: then that is what the run went on with.
 */
export async function unpackChunks(rows: readonly PackedText[]) {
  const exchanges = new Map<string, Exchange>()
  const steps = new Map<string, Step>()
  const texts = new Map<Sha256, string>()
  for (const packed of await Promise.all(rows.map(unpackText))) {
    const chunk: Chunk = JSON.parse(packed)
    for (const exchange of chunk.exchanges)
      if (!exchanges.has(exchangeName(exchange))) exchanges.set(exchangeName(exchange), exchange)
    for (const step of chunk.steps) {
      const before = steps.get(stepName(step))
      if (before?.update !== step.update || before.error !== step.error) steps.set(stepName(step), step)
    }
    for (const { hash, text } of chunk.blobs) texts.set(hash, text)
  }
  return { exchanges: [...exchanges.values()], steps: [...steps.values()].sort(byPlace), texts }
}

function byPlace(a: Step, b: Step): number {
  return a.superstep - b.superstep || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0) || a.visit - b.visit
}
