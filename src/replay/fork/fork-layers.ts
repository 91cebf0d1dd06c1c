import { type StepName, stepName, stepNamed } from '../../ledger/exchange.ts'
import type { IsAtOrDownstream } from '../../ledger/policies.ts'
import type { GraphSettings, Layer, PortIdentities } from '../../ledger/run-configuration-schema.ts'

/** The part of a fork that is its own: a step with what is downstream of it, and whatever its parent did not record to its end. */
export interface LivePart {
  at: StepName
  /** Names of the steps that are recorded to their end. Null: all that are not downstream. */
  whole: readonly string[] | null
}

/** Whether the parent recorded a step to its end. */
export function isWhole(step: StepName, { whole }: LivePart): boolean {
  return whole === null || whole.includes(stepName(step))
}

function isLive(step: StepName, part: LivePart, isAtOrDownstream: IsAtOrDownstream): boolean {
  return isAtOrDownstream(step, part.at) || !isWhole(step, part)
}

/**
 * The settings of each step of a run. Their ports are those of the last layer that the step belongs to: where a fork stayed recorded, it
 * saw its parent's ports. A run that is not a fork has one layer.
 * @param local the embedder of this process; it replaces an embedder that ran inside its process then
 */
export function settingsByLayer(
  settings: GraphSettings,
  layers: readonly Layer[],
  local: PortIdentities['embedder'],
  isAtOrDownstream: IsAtOrDownstream,
): (step: StepName) => GraphSettings {
  const parts = layers.map(({ from, whole, ports }) => ({
    live: from === null ? null : { at: stepNamed(from), whole },
    settings: { ...settings, ports: withLocal(ports, local) },
  }))
  return (step) => {
    const found = parts.findLast(({ live }) => live === null || isLive(step, live, isAtOrDownstream))
    if (found === undefined) throw new Error('the recording names no ports')
    return found.settings
  }
}

/** The ports as this process sees them. An embedder that ran inside its process then is replaced by the one that runs here now. */
export function withLocal(ports: PortIdentities, local: PortIdentities['embedder']): PortIdentities {
  return ports.embedder?.local ? { ...ports, embedder: local } : ports
}
