import { AGENT_PROMPTS } from '../../../graphs/agents/registry.ts'
import type { Item } from '../../content/item.ts'
import type { RunRecord } from '../../database/records.ts'
import type { Repositories } from '../../database/repositories.ts'
import { type StepName, stepName, stepNamed } from '../../ledger/exchange.ts'
import type { Budget } from '../../ledger/policies.ts'
import type { RecordedRun } from '../../ledger/recorded-run.ts'
import { type ForkConfiguration, layersOf, type RunConfiguration } from '../../ledger/run-configuration-schema.ts'
import type { ChatModel } from '../../models/chat-model.ts'
import { RecordingError } from '../../recordings/recording-errors.ts'
import { trialProblem } from '../../runs/asking-agents.ts'
import type { RealPorts } from '../../runs/recorded-ports.ts'
import { type SettingsSource, settingsOf, unpricedModels, withModel } from '../../runs/run-configuration.ts'
import type { PlannedRun, Runs } from '../../runs/runs.ts'
import { downstreamOf } from '../../trace/downstream.ts'
import { graphShape } from '../../trace/graph-shape.ts'
import { ForkRefused, type ForkRequest } from './fork-request.ts'

export interface ForkDeps extends SettingsSource {
  runs: Pick<Runs, 'start'>
  repositories: Pick<Repositories, 'runs' | 'trace'>
  ports: SettingsSource['ports'] & Pick<RealPorts, 'price'>
  taxonomyVersion: string
  budget?: Budget
  modelNamed(name: string): ChatModel
}

/**
 * Starts a run that is served from another run's ledger, except for what should go live. It publishes nothing.
 * @throws {RecordingError} `no-such-run`, `unfinished`, `incomplete`: about the parent
 * @throws {ForkRefused} if the request cannot be fulfilled with this run
 */
export async function forkRun(parentId: string, request: ForkRequest, deps: ForkDeps): Promise<RunRecord> {
  return deps.runs.start(await planFork(parentId, request, deps))
}

/** A fork as the run that it will be: the parent's item and settings, except for the requested differences. */
async function planFork(parentId: string, request: ForkRequest, deps: ForkDeps): Promise<PlannedRun> {
  const { record, item, recorded } = await parentOf(parentId, deps)
  const at = request.at === undefined ? null : stepNamed(request.at)
  if (at !== null) await requireVisited(at, record, recorded)
  const whole = at === null ? null : await wholeSteps(at, recorded)
  checkPrompts(request.prompts, at, whole)
  const theirs = record.config.settings
  const currentSettings = settingsOf(deps, { ...theirs, fetch: theirs.ports.fetch })
  const model = request.model === undefined ? null : deps.modelNamed(request.model)
  const settings = {
    ...theirs,
    engine: model?.name ?? currentSettings.engine,
    prompts: { ...AGENT_PROMPTS, ...theirs.prompts, ...request.prompts },
    ports: model === null ? currentSettings.ports : withModel(currentSettings.ports, model),
  }
  const fork: ForkConfiguration = {
    at: at === null ? null : stepName(at),
    whole: whole?.map(stepName) ?? null,
    live: request.live ?? null,
    strict: request.strict,
    prompts: request.prompts,
    model: request.model ?? null,
    recorded: at === null ? [] : layersOf(record.config),
  }
  const config: RunConfiguration = {
    settings,
    chosenPrompts: { ...record.config.chosenPrompts, ...request.prompts },
    taxonomyVersion: deps.taxonomyVersion,
    unpriced: unpricedModels(deps.budget, settings.ports, deps.ports.price),
    fork,
  }
  return {
    itemId: record.itemId,
    item,
    effort: settings.effort,
    requested: record.requested,
    parentRunId: parentId,
    config,
  }
}

interface Parent {
  record: RunRecord
  item: Item
  recorded: RecordedRun
}

async function parentOf(id: string, { repositories: { runs, trace } }: ForkDeps): Promise<Parent> {
  const record = await runs.get(id)
  if (record === null) throw new RecordingError('no-such-run', `there is no run "${id}"; list the runs to find its id`)
  if (record.status === 'queued' || record.status === 'running')
    throw new RecordingError('unfinished', `run ${id} is not over; fork it when it is, or cancel it first`)
  const [item, recorded] = await Promise.all([runs.item(id), trace.load(id)])
  if (item === null || recorded.exchanges.length + recorded.steps.length === 0)
    throw new RecordingError(
      'incomplete',
      `${item === null ? 'the item' : 'what was recorded'} of run ${id} is not in the database; understand the item again and fork that run`,
    )
  return { record, item, recorded }
}

/** A step that began counts as visited, even if the run was stopped in it. */
async function requireVisited(at: StepName, { id, status }: RunRecord, recorded: RecordedRun): Promise<void> {
  const visited = new Set([...recorded.steps, ...recorded.exchanges].map(stepName))
  if (!visited.has(stepName(at)))
    throw new ForkRefused(
      `${stepName(at)} was never visited in run ${id}${ENDED_EARLY[status] ?? ''}; it visited ${[...visited].join(', ')}`,
    )
  const { nodes } = await graphShape()
  if (!nodes.includes(at.node))
    throw new ForkRefused(`today's graph has no node "${at.node}"; it has ${nodes.join(', ')}`)
}

const ENDED_EARLY: Partial<Record<RunRecord['status'], string>> = {
  unchanged: ', which ended at once because nothing had changed',
  cancelled: ', which was cancelled before',
  failed: ', which failed before',
}

/** The steps that stay as they were recorded: those that do not go live and that the run did not leave unfinished. */
async function wholeSteps(at: StepName, { steps }: RecordedRun): Promise<StepName[]> {
  const isAtOrDownstream = downstreamOf(await graphShape())
  return steps.filter((step) => step.update !== null && !isAtOrDownstream(step, at))
}

/** A prompt can only be changed if no step that stays recorded has used the old one. */
function checkPrompts(prompts: ForkRequest['prompts'], at: StepName | null, whole: readonly StepName[] | null): void {
  for (const [agent, prompt] of Object.entries(prompts)) {
    const problem = trialProblem(agent, prompt)
    if (problem !== null) throw new ForkRefused(problem)
    const before = whole?.find(({ node }) => node === agent)
    if (at !== null && before !== undefined)
      throw new ForkRefused(
        `${stepName(before)} stays as it was recorded, with the prompt it had, when the run is forked at ${stepName(at)}; fork it at ${stepName(before)} to change the prompt of ${agent}`,
      )
  }
}
