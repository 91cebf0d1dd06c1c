import { sha256 } from '../../src/content/text/hash.ts'
import { canonical } from '../../src/ledger/canonical.ts'
import { type Call, type Exchange, exchangeName, type Outcome, type Step } from '../../src/ledger/exchange.ts'
import type { LedgerStore, LedgerWrite, RunOwner } from '../../src/ledger/ledger-store.ts'
import type { Ask } from '../../src/ledger/perform-call.ts'
import type { Recorded } from '../../src/ledger/recorded-calls.ts'

export const owner: RunOwner = { tenant: 't', itemId: 'i', runId: 'r', attempt: 1 }

export const call = (change: Partial<Call>): Call => ({
  node: 'topics',
  visit: 0,
  kind: 'chat',
  n: 0,
  requestHash: sha256('request'),
  nth: 0,
  ...change,
})

export const exchange = (change: Partial<Exchange>): Exchange => ({
  ...call({}),
  request: sha256('request'),
  response: sha256('response'),
  outcome: 'ok',
  startedAt: 1,
  ms: 2,
  cost: null,
  retries: 0,
  ...change,
})

/** A recording of answers to requests, in order of asking. */
export function recording(
  answers: readonly ({ request: unknown; response: unknown; outcome?: Outcome } & Partial<Call> &
    Partial<Pick<Exchange, 'cost' | 'ms'>>)[],
): Recorded {
  const texts = new Map<string, string>()
  const exchanges = answers.map(({ request, response, ...change }, n) => {
    const asked = canonical(request)
    const answered = canonical(response)
    for (const { hash, text } of [...asked.blobs, ...answered.blobs]) texts.set(hash, text)
    return exchange({ n, requestHash: asked.hash, request: asked.hash, response: answered.hash, ...change })
  })
  return { exchanges, blob: (hash) => texts.get(hash) }
}

export const nothing: Recorded = { exchanges: [], blob: () => undefined }

/** An ask whose answer is any JSON. */
export const ask = (
  request: unknown,
  perform: () => Promise<unknown>,
  change: Partial<Ask<unknown>> = {},
): Ask<unknown> => ({ kind: 'chat', request, perform, costly: true, read: (json) => json, ...change })

export interface MemoryStore extends LedgerStore {
  /** What each append was given. */
  appends: LedgerWrite[][]
  steps: Step[]
  names(): string[]
  recorded(runId?: string): Recorded
  /** Appends wait until `release` is called; those that come in the meantime too. */
  hold(): { release(): void }
  /** The next append rejects with this. */
  failNext(error: Error): void
  stale: Set<string>
}

/** A store in memory whose appends can be held back and made to fail. */
export function memoryStore(): MemoryStore {
  const rows: { runId: string; exchange: Exchange }[] = []
  const texts = new Map<string, string>()
  let gate: Promise<void> = Promise.resolve()
  let failure: Error | undefined
  const store: MemoryStore = {
    appends: [],
    steps: [],
    stale: new Set(),
    names: () => rows.map(({ exchange: row }) => exchangeName(row)),
    recorded: (runId = owner.runId) => ({
      exchanges: rows.filter((row) => row.runId === runId).map((row) => row.exchange),
      blob: (hash) => texts.get(hash),
    }),
    hold() {
      let open = () => {}
      gate = new Promise((done) => {
        open = done
      })
      return { release: () => open() }
    },
    failNext(error) {
      failure = error
    },
    async append(writes) {
      store.appends.push([...writes])
      const failing = failure
      failure = undefined
      await gate
      if (failing) throw failing
      const stale = writes.filter((write) => store.stale.has(write.owner.runId))
      for (const write of writes) {
        if (stale.includes(write)) continue
        for (const { hash, text } of write.blobs) texts.set(hash, text)
        for (const row of write.exchanges) rows.push({ runId: write.owner.runId, exchange: row })
        store.steps.push(...write.steps)
      }
      return { stale: stale.map((write) => write.owner.runId) }
    },
    load: async (_, runId) => ({ steps: store.steps, ...store.recorded(runId) }),
  }
  return store
}
