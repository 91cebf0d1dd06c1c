import type { RunContext } from '../../graphs/context.ts'
import { createWorkspace } from '../../graphs/workspace.ts'
import type { StepName } from '../ledger/exchange.ts'
import type { LedgerSession } from '../ledger/ledger-session.ts'
import type { GraphSettings } from '../ledger/run-configuration-schema.ts'
import { type RealPorts, recordedPorts } from './recorded-ports.ts'

/** What a run's context is made of, for runs and for replays. */
export interface ContextParts
  extends Pick<
    RunContext,
    | 'run'
    | 'itemId'
    | 'item'
    | 'taxonomies'
    | 'taxonomyVersion'
    | 'analysis'
    | 'signal'
    | 'stepStarted'
    | 'recordStep'
    | 'publish'
    | 'unpriced'
  > {
  /** The settings of a step. In a fork they depend on the part that the step belongs to. */
  settingsAt(step: StepName): GraphSettings
  /** Performs the calls that the ledger does not answer. */
  ports: RealPorts
  session: LedgerSession
}

/** A context with a workspace of its own. */
export function createGraphContext({ settingsAt, ports, session, ...parts }: ContextParts): RunContext {
  const { clock, price } = ports
  return {
    ...parts,
    workspace: createWorkspace(),
    at(step) {
      const settings = settingsAt(step)
      return { settings, ports: recordedPorts(settings.ports, ports, session.at(step), parts.signal) }
    },
    startedAt: clock(),
    clock,
    spent: session.spent,
    price,
  }
}
