import type { StepName } from '../../ledger/exchange.ts'
import type { IsAtOrDownstream } from '../../ledger/policies.ts'
import type { Embedder } from '../../models/embedder.ts'
import type { Layer } from '../../recordings/run-configuration-schema.ts'
import type { RealPorts } from '../../runs/recorded-ports.ts'
import { stepNamed } from '../../trace/step-named.ts'
import { silentPorts } from '../silent-ports.ts'
import { isLive } from './live-part.ts'

/**
 * The ports that a step of a recorded run had, as far as code can see them without asking: of the last layer that the step
 * belongs to. Of a run that is no fork there is one layer.
 */
export function layeredPorts(
  layers: readonly Layer[],
  local: Embedder | null,
  isAtOrDownstream: IsAtOrDownstream,
): (step: StepName) => RealPorts {
  const parts = layers.map(({ from, whole, ...seen }) => ({
    live: from === null ? null : { at: stepNamed(from), whole },
    ports: silentPorts(seen, local),
  }))
  return (step) => {
    const found = parts.findLast(({ live }) => live === null || isLive(step, live, isAtOrDownstream))
    if (found === undefined) throw new Error('the recording names no ports')
    return found.ports
  }
}
