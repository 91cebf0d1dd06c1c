import { CallbackManager, CallbackManagerForChainRun } from '@langchain/core/callbacks/manager'
import { NoTracer } from './no-tracer.ts'

// For each runnable inside a run, LangChain creates a manager with copies of all handlers, tags and metadata, even if nobody
// listens. This is about a tenth of the cost of the graph. Nobody listens here, so all runs share one manager and one run.

const listeners = [new NoTracer()]
/** The id of every run. Because there is an id, LangChain asks the tracer for a tree and does not create its own. */
const ID = '00000000-0000-7000-8000-000000000000'

/** The callbacks of a graph without listeners. No setting of the environment can add a tracer (see {@link NoTracer}). */
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
