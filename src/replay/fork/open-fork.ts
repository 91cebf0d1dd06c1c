import type { GraphSettings } from '../../../graphs/context.ts'
import type { RunRecord } from '../../database/records.ts'
import type { Repositories } from '../../database/repositories.ts'
import type { StepName } from '../../ledger/exchange.ts'
import { forkAt, liveModel, onlyModelLive, type Policy } from '../../ledger/policies.ts'
import type { RecordedRun } from '../../ledger/recorded-run.ts'
import type { ChatModel } from '../../models/chat-model.ts'
import { RunConfiguration } from '../../recordings/run-configuration-schema.ts'
import type { RealPorts } from '../../runs/recorded-ports.ts'
import { downstreamOf } from '../../trace/downstream.ts'
import { graphShape } from '../../trace/graph-shape.ts'
import { stepNamed } from '../../trace/step-named.ts'
import { layeredPorts } from './layered-ports.ts'
import { isLive, isWhole } from './live-part.ts'

/** What makes the execution of a run that of a fork. */
export interface OpenFork {
  settings: GraphSettings
  /** The parent's ledger; it is read and never written. */
  base: RecordedRun
  policy: Policy
  /** The ports of a step: real ones where the fork is live, the parent's as code saw them elsewhere. */
  portsOf(step: StepName, real: RealPorts): RealPorts
}

export interface OpenForkDeps {
  repositories: Pick<Repositories, 'trace'>
  modelNamed(name: string): ChatModel
}

/**
 * What a run that is a fork is executed with, from nothing but its record and its parent's ledger, so that a fork that died is
 * the same fork when it is resumed. Null: the run is none.
 */
export async function openFork({ config, parentRunId }: RunRecord, deps: OpenForkDeps): Promise<OpenFork | null> {
  const configuration = RunConfiguration.safeParse(config).data
  if (!configuration?.fork || parentRunId === null) return null
  const { fork, effort, requested, engine, limits, maxTranscriptChars, prompts } = configuration
  const base = await deps.repositories.trace.load(parentRunId)
  const settings = { effort, requested, engine, limits, maxTranscriptChars, prompts }
  const model = fork.model === null ? null : deps.modelNamed(fork.model)
  const live = (real: RealPorts): RealPorts => (model === null ? real : { ...real, chat: () => model })
  if (fork.at === null)
    return { settings, base, policy: fork.strict ? onlyModelLive : liveModel, portsOf: (_step, real) => live(real) }

  const part = { at: stepNamed(fork.at), whole: fork.whole }
  const isAtOrDownstream = downstreamOf(await graphShape())
  const policy = forkAt(part.at, isAtOrDownstream, (step) => isWhole(step, part))
  let recordedPortsOf: ((step: StepName) => RealPorts) | undefined
  return {
    settings,
    base,
    // What the item was known by then stays: today it is known by what the parent has published.
    policy: (call, theirs) => (call.kind === 'known' && theirs ? 'serve' : policy(call, theirs)),
    portsOf(step, real) {
      if (isLive(step, part, isAtOrDownstream)) return live(real)
      recordedPortsOf ??= layeredPorts(fork.recorded, real.embedder, isAtOrDownstream)
      return recordedPortsOf(step)
    },
  }
}
