import type { Sha256 } from '../content/text/hash.ts'
import type { Blob } from './blob.ts'
import { liftedHashes } from './canonical.ts'
import { type Exchange, exchangeKey, exchangeName } from './exchange.ts'
import { LedgerUnavailable } from './interruptions.ts'

/** Exchanges that can be served: those of the run itself or of a recording. */
export interface Recorded {
  exchanges: readonly Exchange[]
  blob(hash: Sha256): string | undefined
}

/** Finds a call by its step, kind and request. */
export function index(recorded: Recorded | undefined): Map<string, Exchange> {
  return new Map(recorded?.exchanges.map((exchange) => [exchangeKey(exchange), exchange]))
}

/** @throws {LedgerUnavailable} if the ledger lacks a blob that it names: no agent may treat that as an answer. */
export function responseOf(exchange: Exchange, from: Recorded): string {
  const text = from.blob(exchange.response)
  if (text !== undefined) return text
  throw new LedgerUnavailable(
    `the answer of ${exchangeName(exchange)} is missing from the ledger (${exchange.response})`,
  )
}

/** The blobs that a copy of a recorded exchange needs. */
export function copyBlobs(exchange: Exchange, base: Recorded, requestBlobs: Blob[]): Blob[] {
  const { response } = exchange
  const text = responseOf(exchange, base)
  const lifted = liftedHashes(text).flatMap((hash) => {
    const part = base.blob(hash)
    return part === undefined ? [] : [{ hash, text: part }]
  })
  return [...requestBlobs, { hash: response, text }, ...lifted]
}
