import { type StepName, stepName, stepNamed } from '../../ledger/exchange.ts'
import type { IsAtOrDownstream } from '../../ledger/policies.ts'
import type { GraphSettings, Layer, PortIdentities } from '../../recordings/run-configuration-schema.ts'

/** The part of a fork that is its own: a step with what is downstream of it, and whatever its parent did not record to its end. */
export interface LivePart {
  at: StepName
  /** Names of the steps that are recorded to their end; null: all that are not downstream. */
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
 * The settings of each step of a run, with the ports of the last layer that the step belongs to: a fork saw its parent's ports where it
 * stayed recorded. Of a run that is no fork there is one layer.
 *
 * @param local what embeds in this process, in place of an embedder that ran in the process then
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

/** Ports as they are seen in this process: an embedder that ran in the process then is the one that runs in it now. */
export function withLocal(ports: PortIdentities, local: PortIdentities['embedder']): PortIdentities {
  return ports.embedder?.local ? { ...ports, embedder: local } : ports
}
