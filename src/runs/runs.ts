import { v7 } from 'uuid'
import type { RunContext } from '../../graphs/context.ts'
import { decidedLabel } from '../../graphs/labels/decided-label.ts'
import { deriveItemId, type Item } from '../content/item.ts'
import type { Effort, Understanding } from '../content/understanding-schema.ts'
import type { Decision, NewRun, Review, RunRecord } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'
import type { Claim, SubmittedRun } from '../database/run-repository.ts'
import { Cancelled, Interrupted } from '../ledger/interruptions.ts'
import { atMost } from '../waiting/wait-at-most.ts'
import { type ExecuteDeps, type Executed, executeRun } from './execute-run.ts'
import { LEASE_MS } from './lease.ts'
import { type SettingsSource, settingsOf, unpricedModels } from './run-configuration.ts'
import { openRunContext } from './run-context.ts'
import { createRunQueue } from './run-queue.ts'

export interface SubmitOptions {
  effort?: Effort
  /** Facets that run even if nothing has changed. */
  requested?: readonly string[]
  parentRunId?: string
  /** False: no URL of the item is fetched. */
  fetch?: boolean
}

/** A run. The document is set if this process has just published it, so that it need not be read back. */
export interface EndedRun extends RunRecord {
  document?: Understanding
}

/** Starts, resumes, cancels and watches runs of one tenant, in this process. */
export interface Runs {
  /** Stores item and run, and starts it as soon as there is room. */
  submit(item: Item, options?: SubmitOptions): Promise<RunRecord>
  /**
   * Stores item and run, claims the run and leaves its execution to the caller, who drives the graph with this context. LangGraph's own
   * tools do so, for instance. Nobody else takes the run while this process lives. It is never marked as ended.
   */
  prepare(item: Item): Promise<RunContext>
  /** Resolves when the run has ended or `ms` have passed, whichever is first. Null if the run is unknown. */
  wait(runId: string, ms?: number): Promise<EndedRun | null>
  /** Stores a run of an item that is already stored, and starts it as soon as there is room. */
  start(run: PlannedRun): Promise<RunRecord>
  cancel(runId: string): Promise<RunRecord | null>
  /** Takes over runs without a living owner, and runs that still wait. */
  resume(): Promise<number>
  /**
   * Stores a person's answer to a review, and starts a run that reuses all facets. `value` of `amend` holds the fields to change.
   * @throws {InvalidDecision} if the amended label is not valid.
   */
  decide(
    reviewId: string,
    answer: Omit<Decision, 'facet' | 'key'>,
  ): Promise<{ review: Review; run: RunRecord | null; already: boolean } | null>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Stops taking runs and interrupts those under way. Whoever opens the folder next resumes them. */
  close(): Promise<void>
}

/** A run as it will be stored, before it gets an id. */
export type PlannedRun = Omit<NewRun, 'id' | 'createdAt'>

export interface RunsDeps extends ExecuteDeps, Pick<SettingsSource, 'settings'> {
  /** Identifies this process and this start of it. */
  owner: string
  concurrency: number
  /** Prompts by agent that the operator chose in place of those that the code names. */
  chosenPrompts: Readonly<Record<string, string>>
  defaultEffort: Effort
  /** Called after each publication, to bring the similarity index up to date. */
  published(itemId: string, executed: Executed): Promise<void>
  log(message: string, fields: Record<string, unknown>): void
}

/** What is known of a run that is about to start: the attempt whose owner died, its item, and the run itself if it is already claimed. */
interface Start {
  ifAttempt?: number
  item?: Item
  claimed?: RunRecord
  unpublished?: boolean
}

export function createRuns(deps: RunsDeps): Runs {
  const { repositories, ports, owner } = deps
  const queue = createRunQueue<EndedRun>(deps)

  function launch(runId: string, itemId: string, how: Start = {}): void {
    queue.start(runId, itemId, (abort) => execute(runId, abort, how))
  }

  async function execute(
    runId: string,
    abort: AbortController,
    { ifAttempt, item: given, claimed, unpublished = false }: Start,
  ): Promise<EndedRun | null> {
    if (abort.signal.aborted) return null
    const record = claimed ?? (await claim(runId, ifAttempt))
    // What this process submitted a moment ago need not be read back.
    const item = given ?? (await repositories.runs.item(runId))
    if (record === null || item === null) return null
    // The owner was asked to cancel, and died before it could.
    if (record.cancelRequested) abort.abort(new Cancelled(`run ${runId} was cancelled`))
    const settings = settingsOf(deps, { ...record, fetch: record.config.settings.ports.fetch })
    const executed = await executeRun({ record, item, settings, unpublished }, deps, abort)
    if (executed === null) return null
    const { run, document } = executed
    if (document === null) return run
    await deps.published(record.itemId, executed)
    return { ...run, document }
  }

  function newRun(
    item: Item,
    { effort = deps.defaultEffort, requested, parentRunId, fetch = true }: SubmitOptions,
  ): NewRun {
    const settings = settingsOf(deps, { effort, requested: requested ?? null, fetch })
    const { chosenPrompts, taxonomyVersion } = deps
    const unpriced = unpricedModels(deps.budget, settings.ports, ports.price)
    return {
      id: v7(),
      itemId: deriveItemId(item),
      item,
      effort,
      config: { settings, chosenPrompts, taxonomyVersion, unpriced, fork: null },
      requested: requested ?? null,
      parentRunId: parentRunId ?? null,
      createdAt: ports.clock(),
    }
  }

  const ownClaim = () => ({ owner, now: ports.clock(), leaseMs: LEASE_MS })

  function claim(runId: string, ifAttempt?: number): Promise<RunRecord | null> {
    return repositories.runs.claim(runId, { ...ownClaim(), ...(ifAttempt === undefined ? {} : { ifAttempt }) })
  }

  /** Stores a run. It is claimed at once if it can start at once: a lease must not expire while its run waits. */
  function enter(
    { item, itemId, ...run }: NewRun,
    store: (run: NewRun, claim?: Claim) => Promise<SubmittedRun>,
  ): Promise<RunRecord> {
    return queue.entering(itemId, async (atOnce) => {
      const { run: record, unpublished } = await store({ item, itemId, ...run }, atOnce ? ownClaim() : undefined)
      launch(record.id, itemId, { item, ...(atOnce && { claimed: record, unpublished }) })
      return record
    })
  }

  const submit: Runs['submit'] = (item, options = {}) => enter(newRun(item, options), repositories.runs.submit)

  return {
    async prepare(item) {
      const { run } = await repositories.runs.submit(newRun(item, {}), ownClaim())
      const { id, itemId, ...record } = run
      const { context } = await openRunContext(
        {
          owner: { tenant: deps.tenant, itemId, runId: id, attempt: record.attempt },
          item,
          settings: settingsOf(deps, { ...record, fetch: true }),
          parentId: null,
          unpriced: record.config.unpriced,
        },
        deps,
        new AbortController().signal,
      )
      return context
    },
    submit,
    start: (planned) =>
      enter({ ...planned, id: v7(), createdAt: ports.clock() }, async (...run) => ({
        run: await repositories.runs.create(...run),
        unpublished: false,
      })),
    async wait(runId, ms) {
      const running = queue.ended(runId)
      const ended = running === undefined ? null : await (ms === undefined ? running : atMost(running, ms))
      return ended ?? repositories.runs.get(runId)
    },
    async cancel(runId) {
      const record = await repositories.runs.requestCancel(runId, ports.clock())
      queue.abort(runId, new Cancelled(`run ${runId} was cancelled`))
      return record
    },
    async resume() {
      const orphans = await repositories.runs.orphans({ now: ports.clock(), soleOwner: owner })
      for (const { id, itemId, attempt } of orphans) launch(id, itemId, { ifAttempt: attempt })
      const waiting = await queuedRuns(repositories)
      for (const { id, itemId } of waiting) launch(id, itemId)
      return orphans.length + waiting.length
    },
    async decide(reviewId, answer) {
      const open = await repositories.reviews.get(reviewId)
      if (open === null) return null
      const result = await repositories.reviews.decide(reviewId, { ...answer, value: decidedLabel(open, answer) })
      if (result.kind === 'unknown') return null
      if (result.kind === 'already-decided') return { review: result.review, run: null, already: true }
      const before = await repositories.runs.get(result.review.runId)
      const item = await repositories.items.get(result.review.itemId)
      if (item === null) return { review: result.review, run: null, already: false }
      const run = await submit(item.item, {
        parentRunId: result.review.runId,
        ...(before === null ? {} : { effort: before.effort, fetch: before.config.settings.ports.fetch }),
      })
      return { review: result.review, run, already: false }
    },
    idle: queue.idle,
    async close() {
      queue.abortAll(new Interrupted('the process is stopping'))
      await queue.idle()
    },
  }
}

/** Runs that wait for an owner, oldest first. */
async function queuedRuns({ runs }: Pick<Repositories, 'runs'>): Promise<RunRecord[]> {
  const found: RunRecord[] = []
  let cursor: string | undefined
  do {
    const page = await runs.list({ status: 'queued' }, { limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.entries)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found.reverse()
}
