import { z } from 'zod'
import { withKeepableUrls } from '../content/signed-url.ts'
import type { Cost, ExchangeKind, Outcome } from './exchange.ts'
import { ExchangeFailed, isFatal, Refused } from './interruptions.ts'

/** What a call asks of the ledger. */
export interface Ask<A> {
  kind: ExchangeKind
  /** What the far side would see and nothing else, as JSON. */
  request: unknown
  perform: () => Promise<A>
  /** True where the answer cost money or time: nothing acts on it before it is durable. */
  costly: boolean
  /**
   * True where it is computed in this process, the same each time: then replays compute it too, and only that it failed is an
   * exchange, which is served like any other.
   */
  local?: boolean
  cost?: (answer: A) => Cost | null
  retries?: (answer: A) => number
  /** An answer as JSON and back; without it the answer is JSON already. */
  read: (json: unknown) => A
}

/** How a call ended, before it is written down. */
export type Attempt<A> = { cost: Cost | null; retries: number } & (
  | { outcome: 'ok'; body: A }
  | { outcome: 'error'; body: unknown }
)

/** Performs a call; aborts and what only the run may handle pass through unrecorded. */
export async function attempt<A>(
  { perform, cost, retries }: Ask<A>,
  signal: AbortSignal | undefined,
): Promise<Attempt<A>> {
  try {
    const body = await perform()
    return { outcome: 'ok', body, cost: cost?.(body) ?? null, retries: retries?.(body) ?? 0 }
  } catch (error) {
    if (isFatal(error) || signal?.aborted || !(error instanceof Error)) throw error
    const tried = 'retries' in error && Array.isArray(error.retries) ? error.retries : []
    // It may name the address that was called, with what signs it.
    const message = withKeepableUrls(error.message)
    const kind = 'kind' in error && typeof error.kind === 'string' ? error.kind : null
    return {
      outcome: 'error',
      body: { error: error.name, kind, message, retries: tried },
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
export function answer<A>(outcome: Outcome, body: unknown, ask: Ask<A>): A {
  if (outcome === 'ok') return ask.read(body)
  const { message, error, kind, retries } = Failure.parse(body)
  if (outcome === 'refused') throw new Refused(message)
  throw new ExchangeFailed(message, error, kind, retries)
}
