import { z } from 'zod'
import type { Sha256 } from '../content/hash.ts'
import { type Canonical, canonical, expand, liftedHashes } from './canonical.ts'
import { Diverged, ExchangeFailed, isFatal, Refused } from './errors.ts'
import {
  type Call,
  type Cost,
  type Exchange,
  type ExchangeKind,
  exchangeKey,
  exchangeName,
  type Outcome,
  type Step,
  type StepName,
} from './exchange.ts'
import type { Policy } from './policies.ts'
import type { Blob, RunOwner } from './store.ts'
import type { LedgerWriter } from './writer.ts'

/** Exchanges that can be served: a run's own, or those of a recording. */
export interface Recorded {
  exchanges: readonly Exchange[]
  blob(hash: Sha256): string | undefined
}

/** What a call asks of the ledger. */
export interface Ask<A> {
  kind: ExchangeKind
  /** What the far side would see and nothing else, as JSON. */
  request: unknown
  perform: () => Promise<A>
  /** True where the answer cost money or time: nothing acts on it before it is durable. */
  costly: boolean
  cost?: (answer: A) => Cost | null
  retries?: (answer: A) => number
  /** An answer as JSON and back; without it the answer is JSON already. */
  read: (json: unknown) => A
}

/** The exchanges of one step, counted from 0 each time the step is executed. */
export interface Scope {
  readonly step: StepName
  exchange<A>(ask: Ask<A>): Promise<A>
}

/** One run's ledger while it runs. */
export interface LedgerSession {
  /** A fresh scope for one execution of a node; its counters start at 0. */
  at(step: StepName): Scope
  recordStep(step: Omit<Step, 'update'>, update: unknown): Promise<void>
  /** Resolves when all rows of the run are durable. */
  settle(): Promise<void>
  /** What this run has cost so far, served exchanges of its own ledger included. */
  spent(): Cost
  counts(): { served: number; performed: number }
  /** Exchanges of the run's own ledger or of the base that nothing asked for. */
  unused(): Exchange[]
}

export interface SessionOptions {
  owner: RunOwner
  policy: Policy
  /** What the run has recorded before, in an earlier attempt. Always looked up first. */
  own: Recorded
  /** The recording being replayed, if any. */
  base?: Recorded
  /** Null where nothing is written: a replay. */
  writer: LedgerWriter | null
  now?: () => number
}

export function openSession({ owner, policy, own, base, writer, now = Date.now }: SessionOptions): LedgerSession {
  const ownByKey = index(own)
  const baseByKey = index(base)
  const basePositions = new Map(base?.exchanges.map((exchange) => [exchangeName(exchange), exchange]))
  const used = new Set<Exchange>()
  const spent: Cost = { inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 }
  const counts = { served: 0, performed: 0 }

  async function append(exchange: Exchange, blobs: Blob[], durable: boolean): Promise<void> {
    await writer?.append({ owner, exchanges: [exchange], steps: [], blobs }, durable)
  }

  function account(cost: Cost | null): void {
    if (cost === null) return
    spent.inputTokens += cost.inputTokens
    spent.cachedTokens += cost.cachedTokens
    spent.outputTokens += cost.outputTokens
    spent.usd = cost.usd === null || spent.usd === null ? null : spent.usd + cost.usd
  }

  function serve<A>(exchange: Exchange, from: Recorded, ask: Ask<A>): A {
    used.add(exchange)
    counts.served++
    const text = from.blob(exchange.response)
    if (text === undefined)
      throw new Error(`the answer of ${exchangeName(exchange)} is missing from the ledger (${exchange.response})`)
    return answer(exchange.outcome, expand(text, from.blob), ask)
  }

  async function perform<A>(call: Call, request: { hash: Sha256; blobs: Blob[] }, ask: Ask<A>): Promise<A> {
    const startedAt = now()
    const { outcome, body, cost, retries } = await attempt(ask)
    const response = canonical(body)
    const exchange = {
      ...call,
      request: request.hash,
      response: response.hash,
      outcome,
      startedAt,
      ms: now() - startedAt,
      cost,
      retries,
    }
    counts.performed++
    account(cost)
    await append(exchange, [...request.blobs, ...response.blobs], ask.costly)
    return answer(outcome, roundTrip(response), ask)
  }

  async function refuse<A>(call: Call, request: { hash: Sha256; blobs: Blob[] }, ask: Ask<A>): Promise<A> {
    const body = { message: `the budget of this run does not allow ${exchangeName(call)}` }
    const response = canonical(body)
    const exchange = {
      ...call,
      request: request.hash,
      response: response.hash,
      outcome: 'refused' as const,
      startedAt: now(),
      ms: 0,
      cost: null,
      retries: 0,
    }
    await append(exchange, [...request.blobs, ...response.blobs], false)
    return answer('refused', body, ask)
  }

  function scope(step: StepName): Scope {
    const positions = new Map<ExchangeKind, number>()
    const repeats = new Map<string, number>()
    return {
      step,
      async exchange(ask) {
        const request = canonical(ask.request)
        const n = positions.get(ask.kind) ?? 0
        positions.set(ask.kind, n + 1)
        const repeated = `${ask.kind}\n${request.hash}`
        const nth = repeats.get(repeated) ?? 0
        repeats.set(repeated, nth + 1)
        const call: Call = { ...step, kind: ask.kind, n, requestHash: request.hash, nth }

        const mine = ownByKey.get(exchangeKey(call))
        if (mine) {
          account(mine.cost)
          return serve(mine, own, ask)
        }
        const theirs = baseByKey.get(exchangeKey(call))
        const verdict = policy(call, theirs)
        switch (verdict) {
          case 'perform':
            return perform(call, request, ask)
          case 'refuse':
            return refuse(call, request, ask)
          case 'diverge':
            throw new Diverged(call, basePositions.get(exchangeName(call)))
          case 'serve': {
            if (!theirs || !base) throw new Diverged(call, basePositions.get(exchangeName(call)))
            await append({ ...theirs, ...call, cost: null }, copyBlobs(theirs, base, request.blobs), false)
            return serve(theirs, base, ask)
          }
          default:
            return verdict satisfies never
        }
      },
    }
  }

  return {
    at: scope,
    async recordStep(step, update) {
      if (update === undefined) {
        await writer?.append({ owner, exchanges: [], steps: [{ ...step, update: null }], blobs: [] }, false)
        return
      }
      const { hash, blobs } = canonical(update)
      await writer?.append({ owner, exchanges: [], steps: [{ ...step, update: hash }], blobs }, false)
    },
    async settle() {
      await writer?.settle(owner)
    },
    spent: () => ({ ...spent }),
    counts: () => ({ ...counts }),
    unused: () => [...own.exchanges, ...(base?.exchanges ?? [])].filter((exchange) => !used.has(exchange)),
  }
}

function index(recorded: Recorded | undefined): Map<string, Exchange> {
  return new Map(recorded?.exchanges.map((exchange) => [exchangeKey(exchange), exchange]))
}

function copyBlobs({ response }: Exchange, base: Recorded, requestBlobs: Blob[]): Blob[] {
  const text = base.blob(response)
  if (text === undefined) return requestBlobs
  const lifted = liftedHashes(text).flatMap((hash) => {
    const part = base.blob(hash)
    return part === undefined ? [] : [{ hash, text: part }]
  })
  return [...requestBlobs, { hash: response, text }, ...lifted]
}

/** The value as it will come back from the database: callers get it live too, so that live and replay see the same. */
function roundTrip({ json, blobs }: Canonical): unknown {
  return expand(json, (hash) => blobs.find((blob) => blob.hash === hash)?.text)
}

interface Attempt {
  outcome: Outcome
  body: unknown
  cost: Cost | null
  retries: number
}

/** Performs a call; aborts and what only the run may handle pass through unrecorded. */
async function attempt<A>({ perform, cost, retries }: Ask<A>): Promise<Attempt> {
  try {
    const body = await perform()
    return { outcome: 'ok', body, cost: cost?.(body) ?? null, retries: retries?.(body) ?? 0 }
  } catch (error) {
    if (isFatal(error) || !(error instanceof Error)) throw error
    const tried = 'retries' in error && Array.isArray(error.retries) ? error.retries : []
    const kind = 'kind' in error && typeof error.kind === 'string' ? error.kind : null
    return {
      outcome: 'error',
      body: { error: error.name, kind, message: error.message, retries: tried },
      cost: null,
      retries: tried.length,
    }
  }
}

const Failure = z.object({
  message: z.string(),
  error: z.string().default('Error'),
  kind: z.string().nullable().default(null),
  retries: z.array(z.object({ reason: z.string(), waitedMs: z.number() })).default([]),
})

/** What the caller gets: the answer, or the recorded failure. */
function answer<A>(outcome: Outcome, body: unknown, ask: Ask<A>): A {
  if (outcome === 'ok') return ask.read(body)
  const { message, error, kind, retries } = Failure.parse(body)
  if (outcome === 'refused') throw new Refused(message)
  throw new ExchangeFailed(message, error, kind, retries)
}
