import type { Sha256 } from '../../content/text/hash.ts'
import type { Blob } from '../../ledger/blob.ts'
import { type Exchange, exchangeName, type Step, stepName } from '../../ledger/exchange.ts'
import type { LedgerWrite } from '../../ledger/ledger-store.ts'
import { type PackedText, packText, unpackText } from '../packing.ts'

/**
 * From this many UTF-16 units on a blob has a row of its own, once per item. These are transcripts, which every run of the item names
 * again. Shorter blobs differ from run to run, and a row costs more than its text.
 */
const OWN_ROW = 32_768

/**
 * The first line of what one flush writes for one run. The texts of the blobs follow it, one after another. They are not JSON strings, because
 * many of them are JSON and would have to be escaped.
 */
interface ChunkHead {
  exchanges: readonly Exchange[]
  steps: readonly Step[]
  blobs: readonly { hash: Sha256; length: number }[]
}

/** A chunk as its row holds it. `shared` are the hashes of the blobs that have rows of their own. */
export interface PackedChunk extends PackedText {
  shared: Sha256[]
}

/** Packs a run's rows into one text, and gives the blobs that are stored beside it. The text is well-formed, because those of blobs are. */
export async function packChunk({
  exchanges,
  steps,
  blobs,
}: LedgerWrite): Promise<{ chunk: PackedChunk; long: Blob[] }> {
  const long = blobs.filter(({ text }) => text.length >= OWN_ROW)
  const short = blobs.filter(({ text }) => text.length < OWN_ROW)
  const head: ChunkHead = { exchanges, steps, blobs: short.map(({ hash, text }) => ({ hash, length: text.length })) }
  const body = [JSON.stringify(head), '\n', ...short.map(({ text }) => text)].join('')
  return { chunk: { ...(await packText(body)), shared: long.map(({ hash }) => hash) }, long }
}

function readChunk(body: string): { head: ChunkHead; texts: Map<Sha256, string> } {
  const line = body.indexOf('\n')
  const head: ChunkHead = JSON.parse(body.slice(0, line))
  let at = line + 1
  const texts = new Map<Sha256, string>()
  for (const { hash, length } of head.blobs) {
    texts.set(hash, body.slice(at, at + length))
    at += length
  }
  return { head, texts }
}

/**
 * Joins all chunks of a run, in the order in which they were written. If an exchange was written twice, the first one stays. If a step was
 * written twice, the first one stays too, because it says how long the work took. But if a later attempt has come to another result, that one
 * stays, because the run went on with it.
 */
export async function unpackChunks(rows: readonly PackedText[]) {
  const exchanges = new Map<string, Exchange>()
  const steps = new Map<string, Step>()
  const texts = new Map<Sha256, string>()
  for (const body of await Promise.all(rows.map(unpackText))) {
    const { head, texts: own } = readChunk(body)
    for (const exchange of head.exchanges)
      if (!exchanges.has(exchangeName(exchange))) exchanges.set(exchangeName(exchange), exchange)
    for (const step of head.steps) {
      const before = steps.get(stepName(step))
      if (before?.update !== step.update || before.error !== step.error) steps.set(stepName(step), step)
    }
    for (const [hash, text] of own) texts.set(hash, text)
  }
  return { exchanges: [...exchanges.values()], steps: [...steps.values()].sort(byPlace), texts }
}

function byPlace(a: Step, b: Step): number {
  return a.superstep - b.superstep || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0) || a.visit - b.visit
}
