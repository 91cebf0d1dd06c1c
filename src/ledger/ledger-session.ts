import type { Sha256 } from '../content/text/hash.ts'
import type { Blob } from './blob.ts'
import { type Canonical, canonical, expand, rememberBlobs } from './canonical.ts'
import {
  addCosts,
  type Call,
  type Cost,
  type Exchange,
  type ExchangeKind,
  exchangeKey,
  exchangeName,
  NO_COST,
  type Step,
  type StepName,
} from './exchange.ts'
import { Diverged } from './interruptions.ts'
import type { RunOwner } from './ledger-store.ts'
import type { LedgerWriter } from './ledger-writer.ts'
import { type Ask, answer, attempt } from './perform-call.ts'
import type { BudgetSpending, Policy } from './policies.ts'
import { copyBlobs, index, type Recorded, responseOf } from './recorded-calls.ts'
import type { RecordedRun } from './recorded-run.ts'

export const nothingRecorded: RecordedRun = { steps: [], exchanges: [], blob: () => undefined }

/** The exchanges of one step. Their counters start at 0 each time the step is executed. */
export interface Scope {
  readonly step: StepName
  exchange<A>(ask: Ask<A>): Promise<A>
}

/** The ledger of a run during its execution. */
export interface LedgerSession {
  /** A fresh scope for one execution of a node; its counters start at 0. */
  at(step: StepName): Scope
  recordStep(step: Omit<Step, 'update'>, update: unknown): Promise<void>
  /** Resolves when all rows of the run are durable. */
  settle(): Promise<void>
  /** The cost of this run so far, including exchanges that its own ledger served. */
  spent(): Cost
  /** The cost that a budget counts. */
  counted(): BudgetSpending
  counts(): { served: number; performed: number }
  /** Exchanges of the run's own ledger or of the base that no call has used. */
  unused(): Exchange[]
  /** Calls that the base could not answer, in the order of the calls. */
  diverged(): Diverged[]
}

export interface SessionOptions {
  owner: RunOwner
  policy: Policy
  /** The recording of an earlier attempt of this run. It is always consulted first. */
  own: Recorded
  /** The recording that is replayed, if any. */
  base?: Recorded
  /** Null for a replay, which writes nothing. */
  writer: LedgerWriter | null
  /** The run's signal. A failure after it is aborted is not an answer of the far side, whatever the error says. */
  signal?: AbortSignal
  now?: () => number
}

export function openSession(options: SessionOptions): LedgerSession {
  const { owner, policy, own, base, writer, signal, now = Date.now } = options
  const ownByKey = index(own)
  const baseByKey = index(base)
  const basePositions = new Map(base?.exchanges.map((exchange) => [exchangeName(exchange), exchange]))
  const used = new Set<Exchange>()
  const queued = new Set<Sha256>()
  const blobOf = rememberBlobs()
  /** Positions of this run that already have a row. A row never overwrites another row. */
  const taken = new Set(own.exchanges.map(exchangeName))
  let spent: Cost = NO_COST
  let countedUsd = 0
  const counts = { served: 0, performed: 0 }
  const divergences: Diverged[] = []
  // The cost of earlier attempts counts as spent, even if this attempt does not repeat their calls.
  for (const { cost } of own.exchanges) account(cost)

  async function append(exchange: Exchange, blobs: Blob[], durable: boolean): Promise<void> {
    await writer?.append({ owner, exchanges: [exchange], steps: [], blobs: fresh(blobs) }, durable)
  }

  /** Blobs that this session has not queued yet. Once is enough: rows are written in order, and a failed write ends the run. */
  function fresh(blobs: Blob[]): Blob[] {
    return blobs.filter(({ hash }) => !queued.has(hash) && queued.add(hash))
  }

  /** Moves the call to a free position: after a change of the code, the rows of the earlier attempt keep their positions. */
  function placed(call: Call): Call {
    let { n } = call
    while (taken.has(exchangeName({ ...call, n }))) n++
    taken.add(exchangeName({ ...call, n }))
    return { ...call, n }
  }

  function account(cost: Cost | null): void {
    if (cost === null) return
    spent = addCosts(spent, cost)
    countedUsd += cost.usd ?? cost.estimatedUsd ?? 0
  }

  function serve<A>(exchange: Exchange, from: Recorded, ask: Ask<A>): A {
    used.add(exchange)
    counts.served++
    return answer(exchange.outcome, expand(responseOf(exchange, from), from.blob), ask)
  }

  /** An exchange that the base serves becomes a row of this run, unless the session writes nothing. */
  async function copy(exchange: Exchange, from: Recorded, call: Call, requestBlobs: Blob[]): Promise<void> {
    if (writer === null) return
    await append({ ...exchange, ...placed(call), cost: null }, copyBlobs(exchange, from, requestBlobs), false)
  }

  async function perform<A>(call: Call, request: { hash: Sha256; blobs: Blob[] }, ask: Ask<A>): Promise<A> {
    const startedAt = now()
    const attempted = await attempt(ask, signal)
    if (ask.local && attempted.outcome === 'ok') return attempted.body
    const { outcome, body, cost, retries } = attempted
    const response = canonical(body, blobOf)
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
    const response = canonical(body, blobOf)
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

  function diverge<A>(call: Call, { request }: Ask<A>): Diverged {
    const diverged = new Diverged(call, basePositions.get(exchangeName(call)), roundTrip(canonical(request, blobOf)))
    divergences.push(diverged)
    return diverged
  }

  function scope(step: StepName): Scope {
    const positions = new Map<ExchangeKind, number>()
    const repeats = new Map<string, number>()
    return {
      step,
      async exchange(ask) {
        const request = canonical(ask.request, blobOf)
        const n = positions.get(ask.kind) ?? 0
        positions.set(ask.kind, n + 1)
        const repeated = `${ask.kind}\n${request.hash}`
        const nth = repeats.get(repeated) ?? 0
        repeats.set(repeated, nth + 1)
        const call: Call = { ...step, kind: ask.kind, n, requestHash: request.hash, nth }

        const mine = ownByKey.get(exchangeKey(call))
        const theirs = baseByKey.get(exchangeKey(call))
        if (mine) {
          if (theirs) used.add(theirs)
          return serve(mine, own, ask)
        }
        const verdict = policy(call, theirs)
        if (ask.local && verdict !== 'serve') return perform(placed(call), request, ask)
        switch (verdict) {
          case 'perform':
            return perform(placed(call), request, ask)
          case 'refuse':
            return refuse(placed(call), request, ask)
          case 'diverge':
          case 'nearest': {
            const diverged = diverge(call, ask)
            const { nearMiss: near } = diverged
            if (verdict === 'diverge' || !near || !base || used.has(near)) throw diverged
            await copy(near, base, call, request.blobs)
            return serve(near, base, ask)
          }
          case 'serve': {
            if (!theirs || !base) throw diverge(call, ask)
            await copy(theirs, base, call, request.blobs)
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
      const { hash, blobs } = canonical(update, blobOf)
      await writer?.append({ owner, exchanges: [], steps: [{ ...step, update: hash }], blobs: fresh(blobs) }, false)
    },
    async settle() {
      await writer?.settle(owner)
    },
    spent: () => ({ ...spent }),
    counted: () => ({ usd: countedUsd, tokens: spent.inputTokens + spent.outputTokens }),
    counts: () => ({ ...counts }),
    diverged: () => [...divergences],
    unused: () => [...own.exchanges, ...(base?.exchanges ?? [])].filter((exchange) => !used.has(exchange)),
  }
}

/** The value in the form that the database returns. Live callers get this form too, so that live runs and replays see the same. */
function roundTrip({ json, blobs }: Canonical): unknown {
  return expand(json, (hash) => blobs.find((blob) => blob.hash === hash)?.text)
}
