import { ChatAnswer, type ChatModel, type ChatRequest } from './chat-model.ts'

/** What to answer: parts of an answer, an error to fail with, or a function of the request. */
export type ScriptedAnswer = Partial<ChatAnswer> | Error | ((request: ChatRequest) => Partial<ChatAnswer> | Error)

export interface ScriptedModel extends ChatModel {
  /** What was asked, in order, as plain data. */
  readonly requests: ChatRequest[]
  /** Answers that nobody has asked for yet. */
  readonly left: number
  /** Adds answers at the end. */
  add(...answers: ScriptedAnswer[]): ScriptedModel
}

/** A script has no answer for a request. */
export class ScriptEnded extends Error {
  override readonly name = 'ScriptEnded'
}

/**
 * A model for tests that says what it is told, one answer a request, in the order of the requests. Parts left out are
 * empty, `finish` follows from the tool calls, usage is 0.
 * @throws {ScriptEnded} from `chat`, with what was asked, when all answers are used.
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
      const said = typeof next === 'function' ? next(request) : next
      if (said instanceof Error) throw said
      return ChatAnswer.parse({
        content: '',
        toolCalls: [],
        finish: said.toolCalls?.length ? 'tool_calls' : 'stop',
        usage: { input: 0, cached: 0, output: 0 },
        model: name,
        retries: [],
        ...said,
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
