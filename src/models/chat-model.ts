import { z } from 'zod'
import { Tokens } from '../content/understanding-schema.ts'
import { JsonValue } from '../content/validation/json-value.ts'

/** A part of a user message: text, or an image by URL (data: or https:) for models declared to see. */
export type MessagePart = { type: 'text'; text: string } | { type: 'image'; url: string }

export type ChatMessage =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string | MessagePart[] }
  | { role: 'assistant'; content: string; toolCalls?: ToolCall[] }
  | { role: 'tool'; callId: string; name: string; content: string }

/** What a model asks for. `args` is what the model wrote, parsed if it was JSON, else the raw string: never trusted. */
export interface ToolCall {
  id: string
  name: string
  args: unknown
}

/** A tool as the model sees it; `parameters` is JSON Schema. */
export interface ToolSpec {
  name: string
  description: string
  parameters: Record<string, unknown>
}

export interface ChatRequest {
  messages: ChatMessage[]
  tools: ToolSpec[]
  /** `auto`, any tool (`required`), or the one named. */
  toolChoice: 'auto' | 'required' | { name: string }
  maxOutputTokens?: number
  /** The same task as plain data, for engines that read data instead of prose. Not sent to language models. */
  task?: unknown
}

export const ChatAnswer = z.strictObject({
  content: z.string(),
  toolCalls: z.array(z.strictObject({ id: z.string(), name: z.string(), args: JsonValue })),
  finish: z.enum(['stop', 'tool_calls', 'length', 'filtered', 'other']),
  /**
   * Tokens as the endpoint reported them; `cached` is the part of `input` served from a prefix cache. `estimated` where it did
   * not report all of them: then they are reckoned from the texts.
   */
  usage: Tokens,
  /** What the endpoint says answered; may differ from what was asked for. */
  model: z.string(),
  /** Calls beyond the first that the port made to get this answer, with the reason of each. */
  retries: z.array(z.strictObject({ reason: z.string(), waitedMs: z.number() })),
})
export type ChatAnswer = z.infer<typeof ChatAnswer>

export interface ChatModel {
  /** Shown in provenance and part of every fingerprint: engine and model, for example `openai:gpt-5-mini` or `extractive/1`. */
  readonly name: string
  /** True where the model reads {@link ChatRequest.task}; only then is the task part of the canonical request. */
  readonly readsTask: boolean
  readonly sees: boolean
  /** Primary language subtags that it reads; all where absent. An agent whose model does not read the item's language abstains. */
  readonly languages?: readonly string[] | 'any' | undefined
  /** Agents that it can answer for; all where absent. Another one abstains. */
  readonly agents?: readonly string[] | undefined
  /** Tokens that fit into one request with its answer. */
  readonly contextTokens: number
  /** @throws {ModelError} when the port's own retries are used up. Aborts reject with the signal's reason. */
  chat(request: ChatRequest, options?: { signal?: AbortSignal }): Promise<ChatAnswer>
}

/** Whether a model can answer for an agent. */
export function answersFor({ agents }: Pick<ChatModel, 'agents'>, agent: string): boolean {
  return agents === undefined || agents.includes(agent)
}

/** The far side failed for good, after the port's own retries. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly kind: 'unreachable' | 'unauthorised' | 'rate_limited' | 'timeout' | 'bad_request' | 'server' | 'malformed'
  readonly retries: ChatAnswer['retries']
  constructor(kind: ModelError['kind'], message: string, retries: ChatAnswer['retries'] = [], options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.retries = retries
  }
}
