import { setMaxListeners } from 'node:events'
import { placeDocument, type Understanding } from '../content/understanding-schema.ts'
import { canonical, expand } from '../ledger/canonical.ts'
import { compareJson } from '../ledger/compare-json.ts'
import { addCosts, type Cost, NO_COST, type StepName, stepName } from '../ledger/exchange.ts'
import { nothingRecorded, openSession } from '../ledger/ledger-session.ts'
import { replay, replayNearest } from '../ledger/policies.ts'
import { type GraphSettings, layersOf, type RunConfiguration } from '../ledger/run-configuration-schema.ts'
import type { Embedder } from '../models/embedder.ts'
import { untraced } from '../models/untraced.ts'
import { type Recording, requireWhole } from '../recordings/recording.ts'
import { RECURSION_LIMIT, type RunnableGraph } from '../runs/execute-run.ts'
import { createGraphContext } from '../runs/graph-context.ts'
import type { RealPorts } from '../runs/recorded-ports.ts'
import { embedderIdentity } from '../runs/run-configuration.ts'
import type { Taxonomies } from '../taxonomy/taxonomy.ts'
import { downstreamOf } from '../trace/downstream.ts'
import { graphShape } from '../trace/graph-shape.ts'
import { analysisOf, type CurrentCode, embedderOf, settingsOf } from './current-code.ts'
import { reportedDifference } from './divergence/bounded-differences.ts'
import { type ExecutedStep, type Execution, findDivergences } from './divergence/find-divergences.ts'
import { labelChanges } from './divergence/label-changes.ts'
import { sameOutcome } from './divergence/same-outcome.ts'
import { settingsByLayer, withLocal } from './fork/fork-layers.ts'
import type { DivergenceClass, ReplayReport } from './replay-report.ts'

export interface ReplayOptions {
  /** After a call that differs, go on with the recorded answer at its position. */
  nearest?: boolean
  /** Classes that are expected. They are reported, and the recording still counts as identical. */
  allow?: readonly DivergenceClass[]
  /** Prompts by agent, for example `topics` to `topics/v2`. They replace those of code and operator. */
  prompts?: Readonly<Record<string, string>>
  /** False: segments and local vectors are computed again, not taken from the recording. */
  derived?: boolean
}

export interface ReplayDeps extends CurrentCode {
  graph: RunnableGraph
  taxonomies: Taxonomies
  taxonomyVersion: string
}

/**
 * Runs today's graph, prompts and code against what a run has recorded. Every exchange is served from the recording. Nothing is performed,
 * written, published or indexed, and the recording does not change.
 * @throws {RecordingError} `redacted`
 * @throws whatever today's code throws outside its nodes
 */
export async function replayRun(
  recording: Recording,
  deps: ReplayDeps,
  options: ReplayOptions = {},
): Promise<ReplayReport> {
  const { run, item, configuration } = requireWhole(recording)
  const startedAt = performance.now()
  const embedder = embedderOf(recording, deps, options.derived ?? true)
  const local = embedder === null ? null : embedderIdentity(embedder)
  const theirs = settingsOf(recording, options.prompts ?? {})
  const settings = { ...theirs, ports: withLocal(theirs.ports, local) }
  const layers = layersOf(configuration)
  // Only a fork has more than one part.
  const settingsAt =
    layers.length === 1 ? () => settings : settingsByLayer(settings, layers, local, downstreamOf(await graphShape()))
  const { unpriced } = configuration
  const execution = await execute(recording, { ...deps, settingsAt, ports: onlyServed(embedder), unpriced }, options)
  const sameDocument = sameOutcome(recording.document, execution.document, recording.blob)
  const { found, stale } = findDivergences(recording, {
    ...execution,
    sameDocument,
    document: sameDocument ? recording.document : asJson(execution.document),
  })
  const divergences = found.map((divergence) => ({
    ...divergence,
    allowed: options.allow?.includes(divergence.class) ?? false,
  }))
  const currentConfiguration: RunConfiguration = { ...configuration, settings, taxonomyVersion: deps.taxonomyVersion }
  const { document } = execution
  return {
    run: run.id,
    item: run.itemId,
    title: item.title,
    identical: divergences.every(({ allowed }) => allowed),
    divergences,
    stopped: execution.stopped && run.status !== 'failed' && run.status !== 'cancelled',
    served: execution.served,
    configuration: compareJson(configuration, currentConfiguration).map(reportedDifference),
    stale,
    labels: recording.document === null || document === null ? null : labelChanges(recording.document, document),
    saved: savedBy(recording),
    steps: execution.steps.map(({ node, visit, ms }) => ({ node, visit, ms })),
    ms: performance.now() - startedAt,
  }
}

type ExecuteDeps = ReplayDeps & {
  settingsAt(step: StepName): GraphSettings
  ports: RealPorts
  unpriced: readonly string[]
}

async function execute(
  recording: Recording,
  deps: ExecuteDeps,
  { nearest = false, derived = true }: ReplayOptions,
): Promise<Omit<Execution, 'sameDocument'> & { document: Understanding | null; served: number }> {
  const { run, item, document: published } = recording
  const { settingsAt, ports, taxonomies, taxonomyVersion, unpriced } = deps
  const session = openSession({
    owner: { tenant: 'replay', itemId: run.itemId, runId: run.id, attempt: 1 },
    policy: nearest ? replayNearest : replay,
    own: nothingRecorded,
    base: recording,
    writer: null,
  })
  const recorded = new Map(recording.steps.map((step) => [stepName(step), step]))
  const steps: ExecutedStep[] = []
  const { signal } = new AbortController()
  // Every call of every agent listens to it: more than the default limit of listeners.
  setMaxListeners(0, signal)
  let document: Understanding | null = null
  const context = createGraphContext({
    run: { id: run.id, parentId: run.parentRunId },
    itemId: run.itemId,
    item,
    settingsAt,
    ports,
    session,
    taxonomies,
    taxonomyVersion,
    analysis: analysisOf(recording, deps, derived),
    signal,
    recordStep: async (step, update) => {
      const before = recorded.get(stepName(step))
      const json = before?.update ? recording.blob(before.update) : undefined
      const same = json !== undefined && update !== undefined && sameOutcome(JSON.parse(json), update, recording.blob)
      steps.push({ ...step, same, update: same || update === undefined ? undefined : asJson(update) })
    },
    async publish(outgoing) {
      const place = { version: published?.version ?? 1, seq: published?.seq ?? 1 }
      document = placeDocument(outgoing.document, place)
      return place
    },
    unpriced,
  })
  let stopped = false
  try {
    await deps.graph.invoke(
      {},
      { context: { run: context }, signal, recursionLimit: RECURSION_LIMIT, callbacks: untraced },
    )
  } catch (error) {
    // A failure in a step is reported with the step. Anything else is a fault of today's code.
    if (steps.every((step) => step.error === null)) throw error
    stopped = true
  }
  const { served } = session.counts()
  return { steps, diverged: session.diverged(), unused: session.unused(), document, stopped, served }
}

/** The ports of a replay. None is ever reached: the ledger's policy serves every call, or ends the replay before it. */
function onlyServed(embedder: Embedder | null): RealPorts {
  const nothing = (): never => {
    throw new Error('nothing is performed in a replay')
  }
  return {
    chat: nothing,
    secondOpinion: null,
    embedder,
    fetcher: null,
    transcriber: null,
    known: async () => nothing(),
    neighbours: async () => nothing(),
    price: () => null,
    clock: () => performance.timeOrigin + performance.now(),
  }
}

function savedBy({ run, exchanges }: Recording): ReplayReport['saved'] {
  const { usd, inputTokens, outputTokens } = exchanges.flatMap(({ cost }) => cost ?? []).reduce<Cost>(addCosts, NO_COST)
  return {
    usd,
    tokens: inputTokens + outputTokens,
    ms: run.startedAt === null || run.finishedAt === null ? 0 : Math.max(0, run.finishedAt - run.startedAt),
  }
}

/** The value as the ledger would return it: two executions are compared in that form. */
function asJson(value: unknown): unknown {
  const { json, blobs } = canonical(value)
  return expand(json, (hash) => blobs.find((blob) => blob.hash === hash)?.text)
}
