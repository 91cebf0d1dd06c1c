import { ChatAnswer, type ChatModel, type ChatRequest } from './chat-model.ts'

/** One scripted answer: parts of an answer, an error to throw, or a function of the request. */
export type ScriptedAnswer = Partial<ChatAnswer> | Error | ((request: ChatRequest) => Partial<ChatAnswer> | Error)

export interface ScriptedModel extends ChatModel {
  /** The requests in order, as plain data. */
  readonly requests: ChatRequest[]
  /** The number of unused answers. */
  readonly left: number
  /** Appends answers. */
  add(...answers: ScriptedAnswer[]): ScriptedModel
}

/** The script has no answer left for a request. */
export class ScriptEnded extends Error {
  override readonly name = 'ScriptEnded'
}

/**
 * A model for tests that returns scripted answers, one for each request, in order. Missing parts of an answer are empty, `finish`
 * follows from the tool calls, and usage is 0.
 * @throws {ScriptEnded} from `chat`, with the request, when all answers are used.
 */
export function createScriptedModel(
  answers: readonly ScriptedAnswer[] = [],
  options: Partial<Pick<ChatModel, 'name' | 'readsTask' | 'sees' | 'contextTokens'>> = {},
): ScriptedModel {
  const queue = [...answers]
  const requests: ChatRequest[] = []
  const name = options.name ?? 'scripted'
  const model: ScriptedModel = {
    name,
    readsTask: options.readsTask ?? false,
    sees: options.sees ?? false,
    contextTokens: options.contextTokens ?? 128_000,
    requests,
    get left() {
      return queue.length
    },
    add(...more) {
      queue.push(...more)
      return model
    },
    async chat(request, { signal } = {}) {
      signal?.throwIfAborted()
      requests.push(structuredClone(request))
      const next = queue.shift()
      if (next === undefined) throw ended(name, requests)
      const answer = typeof next === 'function' ? next(request) : next
      if (answer instanceof Error) throw answer
      return ChatAnswer.parse({
        content: '',
        toolCalls: [],
        finish: answer.toolCalls?.length ? 'tool_calls' : 'stop',
        usage: { input: 0, cached: 0, output: 0 },
        model: name,
        retries: [],
        ...answer,
      })
    },
  }
  return model
}

function ended(name: string, requests: readonly ChatRequest[]): ScriptEnded {
  const last = requests.at(-1)?.messages.at(-1)
  const asked = last ? `${last.role}: ${JSON.stringify(last.content).slice(0, 200)}` : 'an empty request'
  return new ScriptEnded(`${name} has no answer left for request ${requests.length} (${asked}). Add one to its script.`)
}
