import type { RunRecord } from '../../database/records.ts'
import type { Repositories } from '../../database/repositories.ts'
import { stepNamed } from '../../ledger/exchange.ts'
import { forkAt, liveModel, onlyModelLive } from '../../ledger/policies.ts'
import type { PortIdentities } from '../../ledger/run-configuration-schema.ts'
import type { ChatModel } from '../../models/chat-model.ts'
import { withModel } from '../../runs/run-configuration.ts'
import type { OpenFork } from '../../runs/run-context.ts'
import { downstreamOf } from '../../trace/downstream.ts'
import { graphShape } from '../../trace/graph-shape.ts'
import { isWhole, settingsByLayer } from './fork-layers.ts'

export interface OpenForkDeps {
  repositories: Pick<Repositories, 'trace'>
  modelNamed(name: string): ChatModel
}

/**
 * What a fork needs for its execution. It is made from its record, its parent's ledger and today's ports alone, so that a fork that died
 * is the same fork when it is resumed. Null if the run is not a fork.
 */
export async function openFork(
  { config, parentRunId }: RunRecord,
  currentPorts: PortIdentities,
  deps: OpenForkDeps,
): Promise<OpenFork | null> {
  const { fork } = config
  if (fork === null || parentRunId === null) return null
  const base = await deps.repositories.trace.load(parentRunId)
  const model = fork.model === null ? null : deps.modelNamed(fork.model)
  const ports = model === null ? currentPorts : withModel(currentPorts, model)
  const settings = { ...config.settings, ports }
  const common = { base, settings, model }
  if (fork.at === null)
    return { ...common, policy: fork.strict ? onlyModelLive : liveModel, settingsAt: () => settings }

  const part = { at: stepNamed(fork.at), whole: fork.whole }
  const isAtOrDownstream = downstreamOf(await graphShape())
  const layers = [...fork.recorded, { from: fork.at, whole: fork.whole, ports }]
  return {
    ...common,
    policy: forkAt(part.at, isAtOrDownstream, (step) => isWhole(step, part)),
    settingsAt: settingsByLayer(settings, layers, currentPorts.embedder, isAtOrDownstream),
  }
}
