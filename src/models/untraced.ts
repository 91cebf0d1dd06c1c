import { CallbackManager, CallbackManagerForChainRun } from '@langchain/core/callbacks/manager'
import { NoTracer } from './no-tracer.ts'

// LangChain keeps, for each runnable inside a run, a manager of its own with copies of all handlers, tags and metadata, whether
// anybody listens or not: about a tenth of what the graph costs. Nobody listens here, so one manager and one run stand for all.

const listeners = [new NoTracer()]
/** Stands for the id of every run: with one, LangChain asks the tracer for a tree and makes none of its own. */
const ID = '00000000-0000-7000-8000-000000000000'

/** The callbacks of a graph that nobody listens to; no tracer gets in, whatever the environment says (see {@link NoTracer}). */
class Untraced extends CallbackManager {
  constructor() {
    super(ID, { handlers: listeners, inheritableHandlers: listeners })
  }
  override copy(...more: Parameters<CallbackManager['copy']>): CallbackManager {
    const [handlers = []] = more
    return handlers.length === 0 ? this : super.copy(...more)
  }
  override addHandler(): void {}
  override removeHandler(): void {}
  override addTags(): void {}
  override addMetadata(): void {}
  override async handleChainStart(): Promise<CallbackManagerForChainRun> {
    return run
  }
}

class UntracedRun extends CallbackManagerForChainRun {
  constructor() {
    super(ID, listeners, listeners, [], [], {}, {})
  }
  override getChild(): CallbackManager {
    return untraced
  }
  override async handleChainEnd(): Promise<void> {}
  override async handleChainError(): Promise<void> {}
}

export const untraced: CallbackManager = new Untraced()
const run = new UntracedRun()
