import { Readable } from 'node:stream'
import { z } from 'zod'
import type { DecisionAction } from '../../content/decision-action.ts'
import type { Item } from '../../content/item.ts'
import type { Effort } from '../../content/understanding-schema.ts'
import { Understanding } from '../../content/understanding-schema.ts'
import { HEARTBEAT_MS } from '../../http/schemas/events-schemas.ts'
import type { ForkRequest } from '../../replay/fork/fork-request.ts'
import { failed } from '../terminal/exit-code.ts'
import { readEvents, type StreamedEvent, whileHeard } from './event-stream.ts'
import {
  Decided,
  ExchangeBodies,
  ItemView,
  PrunedView,
  ReviewView,
  RunView,
  SimilarView,
  StepsView,
} from './service-answers.ts'
import type { Connection } from './service-connection.ts'
import { createRequests, post, query } from './service-requests.ts'
import { DiffView, StepDetailView, WhyView } from './trace-answers.ts'

export interface Submission {
  effort?: Effort | undefined
  facets?: readonly string[] | undefined
  fetch: boolean
}

export interface Decision {
  action: DecisionAction
  value?: unknown
  note?: string | undefined
  by: string
}

/** What commands ask of linernotes, wherever it runs. What is not there is null; all else that goes wrong is a {@link CliError}. */
export interface Client {
  submit(item: Item, submission: Submission): Promise<RunView>
  run(id: string): Promise<RunView | null>
  runs(filter: RunsQuery, limit: number): Promise<RunView[]>
  /** Starts a fork of a run; null: unknown run. */
  fork(id: string, request: z.input<typeof ForkRequest>): Promise<RunView | null>
  cancel(id: string): Promise<RunView | null>
  steps(runId: string): Promise<StepsView | null>
  exchange(runId: string, name: string): Promise<ExchangeBodies | null>
  /** One step with state, conversation and findings. What is not there is an error that names what is. */
  step(runId: string, name: string): Promise<StepDetailView>
  diff(runId: string, other: string): Promise<DiffView>
  why(itemId: string, pointer: string, version?: number): Promise<WhyView>
  /**
   * The events of a run, after the one with the id `after`; null: unknown run. Ends where the connection does.
   * @throws {CliError} while they are read, where the server has fallen silent.
   */
  events(runId: string, after?: string): Promise<AsyncIterable<StreamedEvent> | null>
  /** The bytes of a file; null: unknown run. */
  recording(runId: string, options: { redact: boolean }): Promise<AsyncIterable<Uint8Array> | null>
  items(filter: { idPrefix?: string | undefined }, limit: number): Promise<ItemView[]>
  item(id: string): Promise<ItemView | null>
  /** Erases an item; false: unknown. */
  deleteItem(id: string): Promise<boolean>
  /** Deletes runs that have ended; what is left out of `limits` lets go. */
  prune(request: { endedBefore?: string; keepPerItem?: number; dryRun: boolean; compact: boolean }): Promise<PrunedView>
  /** The current version, or the one named. */
  understanding(itemId: string, version?: number): Promise<Understanding | null>
  /** The items that the current version names as similar, by title; null: unknown item. */
  similar(itemId: string): Promise<SimilarView | null>
  reviews(filter: ReviewsFilter, limit: number): Promise<ReviewView[]>
  decide(reviewId: string, decision: Decision): Promise<z.infer<typeof Decided> | null>
  search(query: object): Promise<unknown>
}

/** What people narrow runs by, and what commands look them up by. */
export interface RunsQuery extends RunsFilter {
  idPrefix?: string | undefined
  /** `false` leaves out runs that found nothing to do. */
  unchanged?: 'false' | undefined
}

export interface ReviewsFilter {
  idPrefix?: string | undefined
  status?: string | undefined
  item?: string | undefined
}

export interface RunsFilter {
  item?: string | undefined
  status?: string | undefined
  failed?: string | undefined
  model?: string | undefined
  prompt?: string | undefined
  since?: string | undefined
  costOver?: string | undefined
}

export function createClient(connection: Connection, signal: AbortSignal): Client {
  const { answered, ask, demand, all } = createRequests(connection, signal)
  const silent = (runId: string) => (ms: number) =>
    failed(
      `the server at ${connection.server} is connected, but has sent nothing for ${ms / 1000} s; it seems to hang: stop it and start it again, which takes up the run ${runId} where it was`,
    )

  return {
    async submit(item, { effort, facets, fetch }) {
      const options = query({ effort, facets: facets?.join(','), fetch: fetch ? undefined : 'false' })
      const run = await ask(RunView, `/v1/items${options}`, post(item, { prefer: 'respond-async' }))
      if (run === null) throw failed('the service takes no items; is it another version of linernotes?')
      return run
    },
    run: (id) => ask(RunView, `/v1/runs/${encodeURIComponent(id)}`),
    runs: (filter, limit) => all(RunView, '/v1/runs', { ...filter }, limit),
    fork: (id, request) => ask(RunView, `/v1/runs/${encodeURIComponent(id)}/fork`, post(request)),
    cancel: (id) => ask(RunView, `/v1/runs/${encodeURIComponent(id)}/cancel`, { method: 'POST' }),
    steps: (id) => ask(StepsView, `/v1/runs/${encodeURIComponent(id)}/steps`),
    exchange: (id, name) =>
      ask(ExchangeBodies, `/v1/runs/${encodeURIComponent(id)}/exchanges/${encodeURIComponent(name)}`),
    step: (id, name) => demand(StepDetailView, `/v1/runs/${encodeURIComponent(id)}/steps/${encodeURIComponent(name)}`),
    diff: (id, other) => demand(DiffView, `/v1/runs/${encodeURIComponent(id)}/diff/${encodeURIComponent(other)}`),
    why: (id, pointer, version) =>
      demand(WhyView, `/v1/items/${encodeURIComponent(id)}/why${query({ pointer, version: version?.toString() })}`),
    async events(id, after) {
      const response = await answered(`/v1/runs/${encodeURIComponent(id)}/events`, {
        headers: after === undefined ? {} : { 'last-event-id': after },
      })
      if (response === null) return null
      // Who has heard the end is told so without a body: nothing follows.
      const body = response.body ?? Readable.from([])
      // Nothing lies between this process and itself.
      return readEvents(connection.server === null ? body : whileHeard(body, HEARTBEAT_MS, silent(id)))
    },
    async recording(id, { redact }) {
      const path = `/v1/runs/${encodeURIComponent(id)}/recording${query({ redact: redact ? 'true' : undefined })}`
      const response = await answered(path)
      if (response === null) return null
      if (response.body === null) throw failed(`the service answered ${path} without a body`)
      return response.body
    },
    items: (filter, limit) => all(ItemView, '/v1/items', { ...filter }, limit),
    item: (id) => ask(ItemView, `/v1/items/${encodeURIComponent(id)}`),
    async prune(request) {
      const pruned = await ask(PrunedView, '/v1/prune', post(request))
      if (pruned === null) throw failed('the service prunes nothing; is it another version of linernotes?')
      return pruned
    },
    async deleteItem(id) {
      const response = await answered(`/v1/items/${encodeURIComponent(id)}`, { method: 'DELETE' })
      await response?.body?.cancel()
      return response !== null
    },
    understanding: (id, version) =>
      ask(Understanding, `/v1/items/${encodeURIComponent(id)}/understanding${query({ version: version?.toString() })}`),
    similar: (itemId) => ask(SimilarView, `/v1/items/${encodeURIComponent(itemId)}/similar`),
    reviews: (filter, limit) => all(ReviewView, '/v1/reviews', { ...filter }, limit),
    decide: (id, decision) => ask(Decided, `/v1/reviews/${encodeURIComponent(id)}`, post(decision)),
    search: (body) => ask(z.unknown(), '/v1/search', post(body)),
  }
}
