import type { RunContext } from '../../graphs/context.ts'
import type { State } from '../../graphs/state.ts'
import type { Item } from '../content/item.ts'
import type { Understanding } from '../content/understanding-schema.ts'
import type { RunRecord } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'
import { Cancelled, Interrupted } from '../ledger/interruptions.ts'
import { type RunOwner, StaleAttempt } from '../ledger/ledger-store.ts'
import type { LedgerWriter } from '../ledger/ledger-writer.ts'
import type { GraphSettings, PortIdentities } from '../ledger/run-configuration-schema.ts'
import type { FinalRunStatus, RunEnd, RunSummary } from '../ledger/run-end.ts'
import { untraced } from '../models/untraced.ts'
import type { Reading } from '../signals/reading/reading.ts'
import { keepLease } from './lease.ts'
import { type OpenFork, openRunContext, type RunContextDeps, type RunsOwnVersion } from './run-context.ts'

/** The compiled graph, as far as a run needs it. */
export interface RunnableGraph {
  invoke(
    input: Record<string, never>,
    options: { context: { run: RunContext }; signal: AbortSignal; recursionLimit: number; callbacks: typeof untraced },
  ): Promise<State>
}

export interface ExecuteDeps extends RunContextDeps {
  repositories: Repositories
  graph: RunnableGraph
  /** Makes a run a fork, with today's ports for its live part. Null if it is not a fork. */
  openFork(record: RunRecord, currentPorts: PortIdentities): Promise<OpenFork | null>
}

/** A claimed run with what it works on. */
export interface RunToExecute {
  record: RunRecord
  item: Item
  settings: GraphSettings
  /** True if nothing is published of its item: see `ClaimedRun`. */
  unpublished: boolean
}

export interface Executed {
  /** As it is stored now that it has ended. */
  run: RunRecord
  /** What it published. Null if it published nothing. */
  document: Understanding | null
  /** What was read about the item for this run. */
  reading: Reading | null
}

/** More supersteps than any effort takes. A graph that does not end becomes an error, not a run that hangs. */
export const RECURSION_LIMIT = 100

/**
 * Executes a claimed run from the start. What its ledger holds already is served from there. It always ends the run, except if another
 * owner has taken it over (null).
 */
export async function executeRun(
  { record, item, settings, unpublished }: RunToExecute,
  deps: ExecuteDeps,
  abort: AbortController,
): Promise<Executed | null> {
  const { repositories, tenant, writer, ports } = deps
  const { id, itemId, attempt } = record
  const owner: RunOwner = { tenant, itemId, runId: id, attempt }
  const lease = keepLease(repositories.runs, owner, abort, ports.clock)
  let publication: () => Promise<RunsOwnVersion | null> = async () => null
  let summary: (() => RunSummary) | undefined
  let workspace: RunContext['workspace'] | undefined
  let ended: Ended
  try {
    const fork = await deps.openFork(record, settings.ports)
    const { parentRunId: parentId } = record
    const run = { owner, item, settings, parentId, fork, unpublished, unpriced: record.config.unpriced }
    const { context, published, ...open } = await openRunContext(run, deps, abort.signal)
    publication = published
    workspace = context.workspace
    summary = open.summary
    const state = await deps.graph.invoke(
      {},
      { context: { run: context }, signal: abort.signal, recursionLimit: RECURSION_LIMIT, callbacks: untraced },
    )
    ended = endOf(state)
  } catch (error) {
    const cause: unknown = abort.signal.aborted ? abort.signal.reason : oneOf(error)
    // An interrupted run stays as it is. Whoever opens the folder next resumes it.
    if (cause instanceof StaleAttempt || cause instanceof Interrupted) {
      writer.forget(owner)
      return null
    }
    // What is published stays published, even if the run was cancelled or failed a moment later.
    const published = await publication().catch(() => null)
    ended = published
      ? { status: published.status, error: null }
      : { status: cause instanceof Cancelled ? 'cancelled' : 'failed', error: describe(cause) }
  } finally {
    lease.stop()
  }
  const own = await publication().catch(() => null)
  const end = (as: Ended): RunEnd => ({
    ...as,
    outcome: own?.keptOutcome ?? null,
    at: ports.clock(),
    ...(summary && { summary: summary() }),
  })
  try {
    const written = await writeEnd(owner, end, ended, own, writer)
    const published = own?.keptOutcome === null ? own : null
    const reading = published === null || workspace === undefined ? null : workspace.neighbours.get().reading
    return {
      run: endedRun(record, written, published?.version ?? null),
      document: published?.document ?? null,
      reading,
    }
  } catch (error) {
    if (error instanceof StaleAttempt) return null
    throw error
  } finally {
    writer.forget(owner)
  }
}

/**
 * Writes what the run has still queued, and its end. If that cannot be written, the run has failed unless it has published. What was
 * recorded before stays available for inspection.
 */
async function writeEnd(
  owner: RunOwner,
  end: (as: Ended) => RunEnd,
  ended: Ended,
  own: RunsOwnVersion | null,
  writer: LedgerWriter,
): Promise<RunEnd> {
  const nothing = { owner, exchanges: [], steps: [], blobs: [] }
  try {
    const whole = end(ended)
    await writer.append({ ...nothing, end: whole }, true)
    return whole
  } catch (error) {
    if (error instanceof StaleAttempt) throw error
    // After a failure the writer refuses all further rows of the run. It has to forget the failure, so that the end can be written by
    // itself.
    writer.forget(owner)
    const short = end(own === null && ended.error === null ? { status: 'failed', error: describe(error) } : ended)
    await writer.append({ ...nothing, end: short }, true)
    return short
  }
}

/** The run as it is stored now that its end is written. */
function endedRun(
  record: RunRecord,
  { status, error, outcome, at, summary }: RunEnd,
  version: number | null,
): RunRecord {
  return {
    ...record,
    ...{ status, error, outcome, version, finishedAt: at, owner: null, leaseUntil: null },
    summary: summary ?? null,
  }
}

/** Nodes that run at the same time may fail together. A lost lease is the cause of the other errors, so it is the one to report. */
function oneOf(error: unknown): unknown {
  if (!(error instanceof AggregateError)) return error
  const errors: unknown[] = error.errors
  return errors.find((each) => each instanceof StaleAttempt) ?? errors[0] ?? error
}

interface Ended {
  status: FinalRunStatus
  error: string | null
}

function endOf({ outcome, published }: State): Ended {
  if (outcome === 'unchanged') return { status: 'unchanged', error: null }
  if (published === null) return { status: 'failed', error: 'the graph ended without publishing' }
  return { status: published.status, error: null }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error)
}
