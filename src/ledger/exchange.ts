import type { Sha256 } from '../content/text/hash.ts'

export const EXCHANGE_KINDS = ['chat', 'embed', 'known', 'neighbours', 'fetch', 'transcribe'] as const
/** What leaves the process or is not deterministic. */
export type ExchangeKind = (typeof EXCHANGE_KINDS)[number]

/** A step of a run: node and visit, written `topics.0`. */
export interface StepName {
  node: string
  visit: number
}

/** A call that an agent, tool or node makes, before it is known how it is answered. */
export interface Call extends StepName {
  kind: ExchangeKind
  /** Position: the n-th call of this kind in this visit; written `topics.0.chat.2`. */
  n: number
  /** Hash of the canonical request. */
  requestHash: Sha256
  /** Among equal requests of this kind in this visit, which one; with the hash this is the key. */
  nth: number
}

/**
 * How an exchange ended. `error`: still an error after the port's own retries. `refused`: a budget did not allow it. All three are final and served again.
 */
export type Outcome = 'ok' | 'error' | 'refused'

/** What a call cost; unknown prices are null. */
export interface Cost {
  inputTokens: number
  cachedTokens: number
  outputTokens: number
  usd: number | null
  /**
   * Only where the far side did not report its tokens: they are estimated then, `usd` is null, and this is what as many
   * would cost. A budget counts it.
   */
  estimatedUsd?: number | null | undefined
}

export const NO_COST: Readonly<Cost> = { inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 }

/** Both together: one price that is not known makes the sum unknown, and one estimate makes it an estimate. */
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

/** One call with its answer, as the ledger keeps it. `request` and `response` are blobs. */
export interface Exchange extends Call {
  request: Sha256
  response: Sha256
  outcome: Outcome
  /** Milliseconds since the epoch, and how long the far side took. */
  startedAt: number
  ms: number
  cost: Cost | null
  /** Calls beyond the first that the port made. */
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

/** The step that `topics.1` names; `topics` is its first visit. */
export function stepNamed(name: string): StepName {
  const [, node, visit] = /^(.+)\.(\d+)$/.exec(name) ?? []
  return node === undefined ? { node: name, visit: 0 } : { node, visit: Number(visit) }
}

/** Node, visit, kind, hash and nth as one string: what an exchange is found by. */
export function exchangeKey({ node, visit, kind, requestHash, nth }: Call): string {
  return `${node}\n${visit}\n${kind}\n${requestHash}\n${nth}`
}

/** One node's execution. `update` is a blob of the state update; null where the node failed. */
export interface Step extends StepName {
  superstep: number
  startedAt: number
  ms: number
  update: Sha256 | null
  error: string | null
}
