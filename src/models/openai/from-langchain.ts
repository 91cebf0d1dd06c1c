import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { AIMessage } from '@langchain/core/messages'
import { type ChatModel, type ChatRequest, ModelError } from '../chat-model.ts'
import { createLimiter } from '../limited-concurrency.ts'
import { NoTracer } from '../no-tracer.ts'
import { type FarSide, type RetryOptions, withRetries } from '../retry.ts'
import { fromLangChainAnswer, toLangChain } from './langchain-messages.ts'

export interface FromLangChainOptions extends RetryOptions {
  /** Engine and model, for example `anthropic:claude-sonnet-4-5`. It appears in provenance and is part of every fingerprint. */
  name: string
  /** Whether the model accepts images; default false. */
  sees?: boolean
  /** Tokens that fit into one request with its answer. */
  contextTokens: number
  /** The maximum number of parallel requests; default 4. */
  concurrency?: number
  /** The name in error messages; default: the model's name. */
  farSide?: FarSide
}

/** The properties of a request that decide which model it goes to. */
export type Sampling = Pick<ChatRequest, 'maxOutputTokens'>

/**
 * Puts any LangChain chat model behind our port. The port handles retries, time-outs and the concurrency limit, so build the
 * model with `maxRetries: 0`. Nothing is traced: the ledger is the trace, and prompts go only to the model.
 * @param model the model, with its own output limit; or a function that returns a model for the properties of a request.
 */
export function fromLangChain(
  model: BaseChatModel | ((sampling: Sampling) => BaseChatModel),
  options: FromLangChainOptions,
): ChatModel {
  const limited = createLimiter(options.concurrency ?? 4)
  const farSide = options.farSide ?? { what: options.name, keySetting: 'its key', urlSetting: 'its address' }
  const { name, contextTokens, sees = false } = options

  async function call(request: ChatRequest, signal: AbortSignal): Promise<AIMessage> {
    const { maxOutputTokens } = request
    const sampling = maxOutputTokens === undefined ? {} : { maxOutputTokens }
    const bound = bindTools(typeof model === 'function' ? model(sampling) : model, request, name)
    return bound.invoke(request.messages.map(toLangChain), { signal, callbacks: [new NoTracer()] })
  }

  return {
    name,
    readsTask: false,
    sees,
    contextTokens,
    chat: (request, { signal } = {}) =>
      limited(async () => {
        const { value, retries } = await withRetries((inner) => call(request, inner), farSide, options, signal)
        return { ...fromLangChainAnswer(value, name, request), retries }
      }, signal),
  }
}

function bindTools(model: BaseChatModel, { tools, toolChoice }: ChatRequest, name: string) {
  if (tools.length === 0) return model
  if (!model.bindTools) throw new ModelError('bad_request', `${name} takes no tools. Use a model that calls tools.`)
  const definitions = tools.map((tool) => ({ type: 'function' as const, function: tool }))
  // Every LangChain provider understands `any` and a bare name.
  const choice = typeof toolChoice === 'string' ? (toolChoice === 'required' ? 'any' : 'auto') : toolChoice.name
  return model.bindTools(definitions, { tool_choice: choice })
}
