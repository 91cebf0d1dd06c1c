import type { GraphSettings, RunContext } from '../../graphs/context.ts'
import type { State } from '../../graphs/state.ts'
import { createWorkspace, type Workspace } from '../../graphs/workspace.ts'
import type { Item } from '../content/item.ts'
import type { FinalRunStatus, RunRecord } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'
import { Cancelled } from '../ledger/errors.ts'
import { live, type Policy } from '../ledger/policies.ts'
import { openSession } from '../ledger/session.ts'
import { type LedgerStore, type RunOwner, StaleAttempt } from '../ledger/store.ts'
import type { LedgerWriter } from '../ledger/writer.ts'
import { NoTracer } from '../models/no-tracer.ts'
import type { Analysis } from '../signals/analysis.ts'
import type { Taxonomies } from '../taxonomy/taxonomy.ts'
import { keepLease } from './lease.ts'
import { loadRecorded, nothingRecorded } from './load-recorded.ts'
import { type RealPorts, recordedPorts } from './recorded-ports.ts'

/** The compiled graph, as far as a run needs it. */
export interface RunnableGraph {
  invoke(
    input: Record<string, never>,
    options: { context: { run: RunContext }; signal: AbortSignal; recursionLimit: number; callbacks: NoTracer[] },
  ): Promise<State>
}

export interface ExecuteDeps {
  tenant: string
  repositories: Repositories
  store: LedgerStore
  writer: LedgerWriter
  graph: RunnableGraph
  ports: Omit<RealPorts, 'known' | 'neighbours'> & { neighbours(self: string): RealPorts['neighbours'] }
  taxonomies: Taxonomies
  taxonomyVersion: string
  analysis: Analysis
  policy?: Policy
}

export interface Executed {
  status: FinalRunStatus
  version: number | null
  workspace: Workspace
}

/** The process is stopping: the run is not over. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** More supersteps than any effort takes; a graph that does not end is an error, not a run that hangs. */
const RECURSION_LIMIT = 100

/**
 * Executes a claimed run from the start: what stands in its ledger is served. Always ends the run, except where another
 * owner has taken it over (null).
 */
export async function executeRun(
  record: RunRecord,
  item: Item,
  settings: GraphSettings,
  deps: ExecuteDeps,
  abort: AbortController,
): Promise<Executed | null> {
  const { repositories, tenant, writer, store, ports } = deps
  const { id, itemId, attempt } = record
  const owner: RunOwner = { tenant, itemId, runId: id, attempt }
  const workspace = createWorkspace()
  const lease = keepLease(repositories.runs, owner, abort, ports.clock)
  let ended: { status: FinalRunStatus; version: number | null; error: string | null }
  try {
    const own = attempt > 1 ? await loadRecorded(store, tenant, itemId, id) : nothingRecorded
    const session = openSession({ owner, policy: deps.policy ?? live, own, writer, now: ports.clock })
    const known = async () => {
      const [current, facets, decisions] = await Promise.all([
        repositories.items.get(itemId),
        repositories.facets.forItem(itemId),
        repositories.decisions.forItem(itemId),
      ])
      const published = current?.current ?? null
      return {
        current: published === null ? null : { version: published.version, intakeHash: published.intakeHash },
        facets,
        decisions,
      }
    }
    const context: RunContext = {
      run: { id, parentId: record.parentRunId },
      itemId,
      item,
      settings,
      workspace,
      taxonomies: deps.taxonomies,
      taxonomyVersion: deps.taxonomyVersion,
      analysis: deps.analysis,
      signal: abort.signal,
      at: recordedPorts({ ...ports, known, neighbours: ports.neighbours(itemId) }, session, abort.signal),
      recordStep: (step, update) => session.recordStep(step, update),
      async publish(outgoing) {
        await session.settle()
        return repositories.publish(owner, { ...outgoing, at: ports.clock() })
      },
      startedAt: ports.clock(),
      clock: ports.clock,
      price: ports.price,
    }
    const state = await deps.graph.invoke(
      {},
      { context: { run: context }, signal: abort.signal, recursionLimit: RECURSION_LIMIT, callbacks: [new NoTracer()] },
    )
    await session.settle()
    ended = endOf(state)
  } catch (error) {
    const cause: unknown = abort.signal.aborted ? abort.signal.reason : error
    // An interrupted run stays as it is: whoever opens the folder next resumes it.
    if (cause instanceof StaleAttempt || cause instanceof Interrupted) return null
    ended = { status: cause instanceof Cancelled ? 'cancelled' : 'failed', version: null, error: describe(cause) }
    // What was recorded up to here stays inspectable; the run's own error is the one to report.
    await writer.settle(owner).catch(() => undefined)
  } finally {
    lease.stop()
    writer.forget(owner)
  }
  try {
    await repositories.runs.finish(owner, {
      status: ended.status,
      error: ended.error,
      outcome: null,
      at: ports.clock(),
    })
  } catch (error) {
    if (error instanceof StaleAttempt) return null
    throw error
  }
  return { status: ended.status, version: ended.version, workspace }
}

function endOf({ outcome, published }: State): {
  status: FinalRunStatus
  version: number | null
  error: string | null
} {
  if (outcome === 'unchanged') return { status: 'unchanged', version: null, error: null }
  if (published === null) return { status: 'failed', version: null, error: 'the graph ended without publishing' }
  return { status: published.status, version: published.version, error: null }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error)
}
