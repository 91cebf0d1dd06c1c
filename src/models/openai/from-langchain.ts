import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { AIMessage } from '@langchain/core/messages'
import { type ChatModel, type ChatRequest, ModelError } from '../chat-model.ts'
import { createLimiter } from '../limited-concurrency.ts'
import { NoTracer } from '../no-tracer.ts'
import { type FarSide, type RetryOptions, withRetries } from '../retry.ts'
import { fromLangChainAnswer, toLangChain } from './langchain-messages.ts'

export interface FromLangChainOptions extends RetryOptions {
  /** Engine and model, for example `anthropic:claude-sonnet-4-5`: shown in provenance and part of every fingerprint. */
  name: string
  /** The model takes images; false without it. */
  sees?: boolean
  /** Tokens that fit into one request with its answer. */
  contextTokens: number
  /** Requests at a time; 4 without it. */
  concurrency?: number
  /** Named in error messages; without it, the model's name. */
  farSide?: FarSide
}

/** What of a request decides which model it goes to. */
export type Sampling = Pick<ChatRequest, 'maxOutputTokens'>

/**
 * Any LangChain chat model behind our port. Retries, time-outs and the concurrency limit are the port's: build the model
 * with `maxRetries: 0`. Nothing is traced: the ledger is the trace, and prompts go to the model alone.
 * @param model the model, with its own output limit; or a function that gives one for those of a request.
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
  // `any` and a bare name are what every LangChain provider understands.
  const choice = typeof toolChoice === 'string' ? (toolChoice === 'required' ? 'any' : 'auto') : toolChoice.name
  return model.bindTools(definitions, { tool_choice: choice })
}
