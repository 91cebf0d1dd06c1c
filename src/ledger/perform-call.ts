import { z } from 'zod'
import { withKeepableUrls } from '../content/signed-url.ts'
import type { Cost, ExchangeKind, Outcome } from './exchange.ts'
import { ExchangeFailed, isFatal, Refused } from './interruptions.ts'

/** A call as the ledger receives it. */
export interface Ask<A> {
  kind: ExchangeKind
  /** Exactly what the far side would see, as JSON. */
  request: unknown
  perform: () => Promise<A>
  /** True if the answer cost money or time: no code acts on it before it is durable. */
  costly: boolean
  /**
   * True if this process computes the answer, with the same result each time. Replays compute it too. Only a failure becomes an
   * exchange, which is served like any other.
   */
  local?: boolean
  cost?: (answer: A) => Cost | null
  retries?: (answer: A) => number
  /** Converts an answer to JSON and back; absent if the answer already is JSON. */
  read: (json: unknown) => A
}

/** The end of a call, before it is recorded. */
export type Attempt<A> = { cost: Cost | null; retries: number } & (
  | { outcome: 'ok'; body: A }
  | { outcome: 'error'; body: unknown }
)

/** Performs a call. Aborts, and errors that only the run may handle, pass through unrecorded. */
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
    // The message may contain the called address with its signature.
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

/** Returns the answer to the caller, or throws the recorded failure. */
export function answer<A>(outcome: Outcome, body: unknown, ask: Ask<A>): A {
  if (outcome === 'ok') return ask.read(body)
  const { message, error, kind, retries } = Failure.parse(body)
  if (outcome === 'refused') throw new Refused(message)
  throw new ExchangeFailed(message, error, kind, retries)
}
