import { BaseCallbackHandler } from '@langchain/core/callbacks/base'

/**
 * Stands where LangChain would put its own tracer. That one is added to every call as soon as LANGSMITH_TRACING (or one of
 * its three other names) is set in the environment, and posts the prompts out; it is not added where one of its name is.
 */
export class NoTracer extends BaseCallbackHandler {
  override name = 'langchain_tracer'
  /** Called by LangChain on whatever has this name, when an outer run is traced. */
  updateFromRunTree(): void {}
  /** Called by LangChain for each runnable inside a run; without a tree nothing is traced below it. */
  getRunTreeWithTracingConfig(): undefined {}
}
