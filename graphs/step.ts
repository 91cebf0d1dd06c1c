import { isInterruption } from '../src/ledger/interruptions.ts'
import type { RunContext, Scoped } from './context.ts'
import type { State, Update } from './state.ts'

/** What a node function gets besides state. */
export interface NodeRun extends RunContext, Scoped {}

export type NodeFunction = (state: State, run: NodeRun) => Promise<Update> | Update

interface Config {
  context?: { run?: RunContext }
  metadata?: Record<string, unknown>
  signal?: AbortSignal
}

/**
 * The one wrapper of all nodes. It scopes settings and ports for this execution, and records the step with its update or its error. The
 * visit comes from state, so a run that is executed again asks for the same exchanges.
 */
export function step(node: string, perform: NodeFunction): (state: State, config: Config) => Promise<Update> {
  return async (state, config) => {
    const run = config.context?.run
    if (run === undefined) throw new Error('the graph runs with a context: invoke(input, { context: { run } })')
    run.signal.throwIfAborted()
    const visit = state.round
    const superstep = Number(config.metadata?.langgraph_step ?? 0)
    const startedAt = run.clock()
    const seen = { node, visit, superstep, startedAt }
    run.stepStarted?.(seen)
    try {
      const update = await perform(state, { ...run, ...run.at({ node, visit }) })
      await run.recordStep({ ...seen, ms: run.clock() - startedAt, error: null }, update)
      return update
    } catch (error) {
      // A step that was only interrupted has not ended. Its row is written when the run is resumed.
      if (isInterruption(run.signal.aborted ? run.signal.reason : error)) throw error
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      // The first error is the one to report, even if it cannot be written down.
      await run.recordStep({ ...seen, ms: run.clock() - startedAt, error: message }, undefined).catch(() => undefined)
      throw error
    }
  }
}
