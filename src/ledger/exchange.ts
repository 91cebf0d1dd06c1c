import { z } from 'zod'
import type { Sha256 } from '../content/text/hash.ts'

export const EXCHANGE_KINDS = ['chat', 'embed', 'known', 'neighbours', 'fetch', 'transcribe'] as const
/** The kinds of calls that leave the process or are not deterministic. */
export type ExchangeKind = (typeof EXCHANGE_KINDS)[number]

/** A step of a run: a node and the number of its visit, written `topics.0`. */
export interface StepName {
  node: string
  visit: number
}

/** A call of an agent, tool or node, before its answer. */
export interface Call extends StepName {
  kind: ExchangeKind
  /** The position: this is the n-th call of its kind in the visit, written `topics.0.chat.2`. */
  n: number
  /** Hash of the canonical request. */
  requestHash: Sha256
  /** The number of this call among equal requests of its kind in the visit. Hash and number together are the key. */
  nth: number
}

/**
 * The end of an exchange. `error`: it still failed after the port's own retries. `refused`: a budget did not allow it. All three
 * are final and are served again.
 */
export const OUTCOMES = ['ok', 'error', 'refused'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What calls cost. `usd` is null if there is no price, or if the tokens are an estimate. */
export const Cost = z.object({
  inputTokens: z.int(),
  cachedTokens: z.int(),
  outputTokens: z.int(),
  usd: z.number().nullable(),
  estimatedUsd: z
    .number()
    .nullable()
    .optional()
    // A budget counts it.
    .describe('Only if the model reported no tokens: what the estimated tokens would cost.'),
})
export type Cost = z.infer<typeof Cost>

export const NO_COST: Readonly<Cost> = { inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 }

/** Adds two costs: one unknown price makes the sum unknown, and one estimate makes it an estimate. */
export function addCosts(some: Cost, more: Cost): Cost {
  const known = [some, more].map(({ usd, estimatedUsd }) => usd ?? estimatedUsd ?? null)
  const isEstimate = some.estimatedUsd !== undefined || more.estimatedUsd !== undefined
  const plus = (parts: readonly (number | null)[]) =>
    parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0)
  return {
    inputTokens: some.inputTokens + more.inputTokens,
    cachedTokens: some.cachedTokens + more.cachedTokens,
    outputTokens: some.outputTokens + more.outputTokens,
    usd: plus([some.usd, more.usd]),
    ...(isEstimate ? { estimatedUsd: plus(known) } : {}),
  }
}

/** One call with its answer in the ledger. `request` and `response` are blobs. */
export interface Exchange extends Call {
  request: Sha256
  response: Sha256
  outcome: Outcome
  /** The start in milliseconds since the epoch, and the duration of the far side's work. */
  startedAt: number
  ms: number
  cost: Cost | null
  /** The number of the port's calls after the first one. */
  retries: number
}

/** `topics.0.chat.2` */
export function exchangeName({ node, visit, kind, n }: Pick<Call, 'node' | 'visit' | 'kind' | 'n'>): string {
  return `${node}.${visit}.${kind}.${n}`
}

/** `topics.0` */
export function stepName({ node, visit }: StepName): string {
  return `${node}.${visit}`
}

/** Parses the name of a step, such as `topics.1`; `topics` is the first visit. */
export function stepNamed(name: string): StepName {
  const [, node, visit] = /^(.+)\.(\d+)$/.exec(name) ?? []
  return node === undefined ? { node: name, visit: 0 } : { node, visit: Number(visit) }
}

/** Node, visit, kind, hash and nth as one string: the key of an exchange. */
export function exchangeKey({ node, visit, kind, requestHash, nth }: Call): string {
  return `${node}\n${visit}\n${kind}\n${requestHash}\n${nth}`
}

/** One execution of a node. `update` is a blob of the state update; null if the node failed. */
export interface Step extends StepName {
  superstep: number
  startedAt: number
  ms: number
  update: Sha256 | null
  error: string | null
}
