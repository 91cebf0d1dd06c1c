import type { Known, Outgoing, RunContext } from '../../graphs/context.ts'
import { textsIn } from '../../graphs/workspace.ts'
import type { Item } from '../content/item.ts'
import { placeDocument, type Understanding } from '../content/understanding-schema.ts'
import type { Derived } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'
import { canonical } from '../ledger/canonical.ts'
import { type StepName, stepName } from '../ledger/exchange.ts'
import { type LedgerSession, nothingRecorded, openSession } from '../ledger/ledger-session.ts'
import type { LedgerStore, RunOwner } from '../ledger/ledger-store.ts'
import type { LedgerWriter } from '../ledger/ledger-writer.ts'
import { type Budget, live, type Policy, withinBudget } from '../ledger/policies.ts'
import type { RecordedRun } from '../ledger/recorded-run.ts'
import { type GraphSettings, modelFor } from '../ledger/run-configuration-schema.ts'
import type { RunSummary } from '../ledger/run-end.ts'
import type { ChatModel } from '../models/chat-model.ts'
import type { KeptOutcome } from '../recordings/run-document.ts'
import type { Analysis } from '../signals/analysis.ts'
import type { Taxonomies } from '../taxonomy/taxonomy.ts'
import type { LiveRuns } from '../trace/events/live-runs.ts'
import { derivedOf, rememberVectors } from './derived-blobs.ts'
import { createGraphContext } from './graph-context.ts'
import type { RealPorts } from './recorded-ports.ts'
import { createRunTally } from './run-tally.ts'

export interface RunContextDeps {
  tenant: string
  repositories: Repositories
  store: LedgerStore
  writer: LedgerWriter
  ports: Omit<RealPorts, 'known' | 'neighbours'> & { neighbours(self: string): RealPorts['neighbours'] }
  taxonomies: Taxonomies
  taxonomyVersion: string
  analysis: Analysis
  /** Learns what the runs do, for those who follow them. */
  live?: Pick<LiveRuns, 'stepStarted'>
  /** What one run may spend. Without it there is no limit. */
  budget?: Budget
}

/** What a fork needs for its execution besides what every run needs. */
export interface OpenFork {
  /** The parent's ledger. It is read and never written. */
  base: RecordedRun
  policy: Policy
  /** The fork's own settings, with the ports of the live part. */
  settings: GraphSettings
  /** The same settings with the ports that a step saw: those of the parent if the step stays recorded. */
  settingsAt(step: StepName): GraphSettings
  /** The model that answers live calls. Null: the configured ones. */
  model: ChatModel | null
}

/** A claimed run with what it works on. */
export interface ClaimedRun {
  owner: RunOwner
  item: Item
  settings: GraphSettings
  parentId: string | null
  /** Set if the run is a fork. */
  fork?: OpenFork | null
  /** True if nothing had been published of its item when it was claimed. Then there is nothing to read about it. */
  unpublished?: boolean
  /** See {@link RunContext.unpriced}. */
  unpriced: readonly string[]
}

/** What a run has published, or, if it is a fork, has kept. */
export interface RunsOwnVersion {
  version: number
  seq: number
  /** Where a fork's document is in its ledger. Null: the document is published. */
  keptOutcome: KeptOutcome | null
  status: Understanding['status']
  document: Understanding
}

export interface OpenRun {
  context: RunContext
  session: LedgerSession
  /** Waits for a publication that is under way, and rejects if it does. Null if none has begun. */
  published(): Promise<RunsOwnVersion | null>
  /** What it has cost and done up to now, earlier attempts included. */
  summary(): RunSummary
}

/** What the graph of a claimed run gets: its ledger, its scoped and recorded ports, its way to publish. */
export async function openRunContext(
  { owner, item, settings, parentId, fork = null, unpublished = false, unpriced }: ClaimedRun,
  deps: RunContextDeps,
  signal: AbortSignal,
): Promise<OpenRun> {
  const { repositories, store, writer, ports } = deps
  const { tenant, itemId, runId, attempt } = owner
  const own = attempt > 1 ? await store.load(tenant, runId) : nothingRecorded
  const policy = fork?.policy ?? live
  const settingsAt = fork?.settingsAt ?? (() => settings)
  const model = fork?.model ?? null
  const vectors = rememberVectors(ports.embedder)
  const real: RealPorts = {
    ...ports,
    embedder: vectors?.embedder ?? ports.embedder,
    known: async () => (unpublished ? nothingKnown : knownOf(deps, owner)),
    neighbours: ports.neighbours(itemId),
    ...(model !== null && { chat: () => model }),
  }
  const tally = createRunTally({
    own,
    modelOf: (step) => modelFor(settingsAt(step).ports, step.node).name,
    prompts: (fork?.settings ?? settings).prompts,
  })
  const session = openSession({
    owner,
    policy: deps.budget === undefined ? policy : withinBudget(deps.budget, () => session.counted(), policy),
    own,
    ...(fork && { base: fork.base }),
    writer: tally.counting(writer),
    signal,
    now: ports.clock,
  })
  let publishing: Promise<RunsOwnVersion> | null = null
  const context = createGraphContext({
    run: { id: runId, parentId },
    itemId,
    item,
    settingsAt,
    ports: real,
    session,
    taxonomies: deps.taxonomies,
    taxonomyVersion: deps.taxonomyVersion,
    analysis: deps.analysis,
    signal,
    stepStarted: (step) => deps.live?.stepStarted(runId, { ...step, name: stepName(step) }),
    recordStep(step, update) {
      // A step that is given up because the run stops has not failed.
      tally.step(signal.aborted ? { ...step, error: null } : step, update)
      return session.recordStep(step, update)
    },
    async publish(outgoing) {
      const recorded = session.settle()
      // The graph gives up a node as soon as it is aborted, but the transaction goes on. The end of the run has to know about it.
      publishing = fork === null ? publish(outgoing, recorded) : recorded.then(() => keep(outgoing))
      const { version, seq } = await publishing
      return { version, seq }
    },
    unpriced,
  })

  /** Nothing is published before all that led to it is durable. The publication is prepared in the meantime. */
  async function publish(outgoing: Outgoing, recorded: Promise<void>): Promise<RunsOwnVersion> {
    const derived = derivedHere()
    const { again, ...place } = await repositories.publish(owner, { ...outgoing, derived, at: ports.clock() }, recorded)
    // An earlier attempt may have published and died afterwards. What it published stays.
    const document = again
      ? await repositories.understandings.version(itemId, place.version)
      : placeDocument(outgoing.document, place)
    if (document === null)
      throw new Error(`version ${place.version} of ${itemId} is published, but the database does not have it`)
    return { ...place, keptOutcome: null, status: document.status, document }
  }

  /** What this run has computed from its texts. */
  function derivedHere(): Derived[] {
    const { workspace } = context
    return derivedOf({ texts: textsIn(workspace), segments: workspace.segment.get() }, vectors)
  }

  /** A fork is a trial. Its document stays in its ledger, and the published version of the item does not change. */
  async function keep(outgoing: Outgoing): Promise<RunsOwnVersion> {
    const place = { version: 1, seq: 1 }
    const document = placeDocument(outgoing.document, place)
    const { hash, blobs } = canonical(document)
    await repositories.runs.keepDerived(owner, derivedHere())
    await writer.append({ owner, exchanges: [], steps: [], blobs }, true)
    return { ...place, keptOutcome: { document: hash }, status: document.status, document }
  }

  return { context, session, published: async () => publishing, summary: () => tally.summary(session.spent()) }
}

/** Facets come with publications, and decisions with reviews of publications. Before the first publication there are none. */
const nothingKnown: Known = { current: null, facets: [], decisions: [] }

async function knownOf({ repositories }: Pick<RunContextDeps, 'repositories'>, { itemId }: Pick<RunOwner, 'itemId'>) {
  const current = await repositories.items.current(itemId)
  if (current === null) return nothingKnown
  const [facets, decisions] = await Promise.all([
    repositories.facets.forItem(itemId),
    repositories.decisions.forItem(itemId),
  ])
  return { current: { version: current.version, intakeHash: current.intakeHash }, facets, decisions }
}
