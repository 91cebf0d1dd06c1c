import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import { ChatOpenAICompletions, type OpenAIClient } from '@langchain/openai'
import type { ChatModel } from '../chat-model.ts'
import type { RetryOptions } from '../retry.ts'
import { fromLangChain, type Sampling } from './from-langchain.ts'

export interface OpenAiChatOptions extends RetryOptions {
  /** The address with its version path, for example `https://api.openai.com/v1` or `http://127.0.0.1:8080/v1`. */
  baseUrl: string
  /** Left out for servers that need no key. */
  apiKey?: string
  model: string
  /** Tokens that fit into one request with its answer; default 128,000. */
  contextTokens?: number
  /** Whether the model accepts images; default false. */
  sees?: boolean
  /** The maximum number of parallel requests; default 4. */
  concurrency?: number
  fetch?: typeof fetch
}

/**
 * A chat model for any endpoint with OpenAI's `/chat/completions` and tools. All settings are passed explicitly: the variables
 * OPENAI_*, LANGSMITH_* and LANGCHAIN_* change neither the destination nor the content of a request.
 */
export function createOpenAiChat(options: OpenAiChatOptions): ChatModel {
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const models = new Map<number | undefined, Completions>()

  function modelFor({ maxOutputTokens }: Sampling): Completions {
    const model = models.get(maxOutputTokens) ?? build(options, baseUrl, maxOutputTokens)
    models.set(maxOutputTokens, model)
    return model
  }

  return fromLangChain(modelFor, {
    ...options,
    name: `openai:${options.model}`,
    contextTokens: options.contextTokens ?? 128_000,
    farSide: {
      what: `${options.model} at ${baseUrl}`,
      keySetting: 'OPENAI_API_KEY',
      urlSetting: 'OPENAI_BASE_URL',
      contextSetting: 'LINERNOTES_MODEL_CONTEXT',
      ...(options.apiKey ? { secret: options.apiKey } : {}),
    },
  })
}

type Answered = OpenAIClient.ChatCompletionMessage

/**
 * If all calls of a message have arguments that are not JSON (for example after a cut-off answer), LangChain assumes an outdated
 * package and prints advice on the console. Here such calls always become invalid calls.
 */
class Completions extends ChatOpenAICompletions {
  protected override _convertCompletionsMessageToBaseMessage(
    message: Answered,
    raw: OpenAIClient.ChatCompletion,
  ): BaseMessage {
    const { tool_calls: calls, ...rest } = message
    // Some servers send null instead of no calls, or leave out the type of a call.
    const functions = (calls ?? []).flatMap((call) => ('function' in call ? [call] : []))
    if (functions.length === 0 || functions.some((call) => isJson(call.function.arguments)))
      return super._convertCompletionsMessageToBaseMessage(message, raw)
    const answer = super._convertCompletionsMessageToBaseMessage(rest, raw)
    if (AIMessage.isInstance(answer))
      answer.invalid_tool_calls = functions.map(({ id, function: { name, arguments: args } }) => ({
        type: 'invalid_tool_call',
        id,
        name,
        args,
      }))
    return answer
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function build(options: OpenAiChatOptions, baseUrl: string, maxTokens?: number) {
  const apiKey = options.apiKey || 'none'
  return new Completions({
    model: options.model,
    apiKey,
    maxRetries: 0,
    timeout: options.timeoutMs ?? 120_000,
    streaming: false,
    ...(maxTokens === undefined ? {} : { maxTokens }),
    configuration: {
      baseURL: baseUrl,
      apiKey,
      organization: null,
      project: null,
      logLevel: 'off',
      fetch: fetchExactly(`${baseUrl}/chat/completions`, options.apiKey, options.fetch ?? fetch),
    },
  })
}

/**
 * Sends the client's body to this URL with only these headers. The client would add those of OPENAI_CUSTOM_HEADERS, names of
 * the platform, and an organisation from the environment.
 */
function fetchExactly(url: string, apiKey: string | undefined, send: typeof fetch): typeof fetch {
  return (_, init) =>
    send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
      },
      body: init?.body ?? null,
      signal: init?.signal ?? null,
    })
}
