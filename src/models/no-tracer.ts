import { BaseCallbackHandler } from '@langchain/core/callbacks/base'

/**
 * Takes the place of LangChain's own tracer. LangChain adds that tracer to every call as soon as LANGSMITH_TRACING (or one of
 * its three other names) is set in the environment, and the tracer sends the prompts out. LangChain does not add it if a
 * handler with its name is present.
 */
export class NoTracer extends BaseCallbackHandler {
  override name = 'langchain_tracer'
  /** LangChain calls this on any handler with this name when an outer run is traced. */
  updateFromRunTree(): void {}
  /** LangChain calls this for each runnable inside a run. Without a tree it traces nothing below. */
  getRunTreeWithTracingConfig(): undefined {}
}
