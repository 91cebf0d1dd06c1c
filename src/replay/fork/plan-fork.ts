import { AGENT_PROMPTS } from '../../../graphs/agents/registry.ts'
import type { GraphSettings } from '../../../graphs/context.ts'
import type { Item } from '../../content/item.ts'
import type { NewRun, RunRecord } from '../../database/records.ts'
import type { Repositories } from '../../database/repositories.ts'
import { type StepName, stepName } from '../../ledger/exchange.ts'
import type { Budget } from '../../ledger/policies.ts'
import type { RecordedRun } from '../../ledger/recorded-run.ts'
import type { ChatModel } from '../../models/chat-model.ts'
import { RecordingError } from '../../recordings/recording-errors.ts'
import { type ForkConfiguration, layersOf, RunConfiguration } from '../../recordings/run-configuration-schema.ts'
import { trialProblem } from '../../runs/asking-agents.ts'
import { configurationOf } from '../../runs/run-configuration.ts'
import type { RunContextDeps } from '../../runs/run-context.ts'
import { unpricedModels } from '../../runs/unpriced-models.ts'
import { downstreamOf } from '../../trace/downstream.ts'
import { graphShape } from '../../trace/graph-shape.ts'
import { stepNamed } from '../../trace/step-named.ts'
import { ForkRefused, type ForkRequest } from './fork-request.ts'

export interface PlanForkDeps {
  repositories: Pick<Repositories, 'runs' | 'trace'>
  ports: RunContextDeps['ports']
  taxonomyVersion: string
  budget?: Budget
  modelNamed(name: string): ChatModel
  settings(options: Pick<GraphSettings, 'effort' | 'requested'>): GraphSettings
}

/**
 * A fork as the run that it will be: of the parent's item, with the parent's settings except for what is asked to differ.
 * @throws {RecordingError} `no-such-run`, `unfinished`, `incomplete`: of the parent
 * @throws {ForkRefused} what is asked cannot be done with it
 */
export async function planFork(
  parentId: string,
  request: ForkRequest,
  deps: PlanForkDeps,
): Promise<Omit<NewRun, 'id' | 'createdAt'>> {
  const { record, configuration, item, recorded } = await parentOf(parentId, deps)
  const at = request.at === undefined ? null : stepNamed(request.at)
  if (at !== null) await requireVisited(at, record, recorded)
  const whole = at === null ? null : await wholeSteps(at, recorded)
  checkPrompts(request.prompts, at, whole)
  const { effort, requested } = configuration
  const settings: GraphSettings = {
    effort,
    requested,
    limits: configuration.limits,
    maxTranscriptChars: configuration.maxTranscriptChars,
    engine: deps.settings({ effort, requested }).engine,
    prompts: { ...AGENT_PROMPTS, ...configuration.prompts, ...request.prompts },
  }
  const model = request.model === undefined ? null : deps.modelNamed(request.model)
  if (model !== null) settings.engine = model.name
  const fork: ForkConfiguration = {
    at: at === null ? null : stepName(at),
    whole: whole?.map(stepName) ?? null,
    live: request.live ?? null,
    strict: request.strict,
    prompts: request.prompts,
    model: request.model ?? null,
    recorded: at === null ? [] : layersOf(configuration),
  }
  const ports = model === null ? deps.ports : { ...deps.ports, chat: () => model }
  const config = configurationOf({
    settings,
    ports,
    chosenPrompts: { ...configuration.chosenPrompts, ...request.prompts },
    taxonomyVersion: deps.taxonomyVersion,
    fetch: configuration.fetch,
    unpriced: unpricedModels(deps.budget, ports),
  })
  return {
    itemId: record.itemId,
    item,
    effort,
    requested: record.requested,
    parentRunId: parentId,
    config: { ...config, fork },
  }
}

interface Parent {
  record: RunRecord
  configuration: RunConfiguration
  item: Item
  recorded: RecordedRun
}

async function parentOf(id: string, { repositories: { runs, trace } }: PlanForkDeps): Promise<Parent> {
  const record = await runs.get(id)
  if (record === null) throw new RecordingError('no-such-run', `there is no run "${id}"; list the runs to find its id`)
  if (record.status === 'queued' || record.status === 'running')
    throw new RecordingError('unfinished', `run ${id} is not over; fork it when it is, or cancel it first`)
  const configuration = RunConfiguration.safeParse(record.config)
  if (!configuration.success)
    throw new RecordingError(
      'incomplete',
      `run ${id} was made by a version of linernotes that did not keep the whole configuration with a run; understand the item again and fork that run`,
      { cause: configuration.error },
    )
  const [item, recorded] = await Promise.all([runs.item(id), trace.load(id)])
  if (item === null || recorded.exchanges.length + recorded.steps.length === 0)
    throw new RecordingError(
      'incomplete',
      `${item === null ? 'the item' : 'what was recorded'} of run ${id} is not in the database; understand the item again and fork that run`,
    )
  return { record, configuration: configuration.data, item, recorded }
}

/** A step that began counts as visited, also where the run was stopped in it. */
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

/** The steps that stay as they were recorded: none that goes live, and none that the run left unfinished. */
async function wholeSteps(at: StepName, { steps }: RecordedRun): Promise<StepName[]> {
  const isAtOrDownstream = downstreamOf(await graphShape())
  return steps.filter((step) => step.update !== null && !isAtOrDownstream(step, at))
}

/** A prompt can only be changed where nothing that stays recorded has asked with the old one. */
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
