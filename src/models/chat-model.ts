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

/** A tool call of a model. `args` is the model's text, parsed if it was JSON, else the raw string. It is never trusted. */
export interface ToolCall {
  id: string
  name: string
  args: unknown
}

/** A tool in the form that the model sees; `parameters` is JSON Schema. */
export interface ToolSpec {
  name: string
  description: string
  parameters: Record<string, unknown>
}

export interface ChatRequest {
  messages: ChatMessage[]
  tools: ToolSpec[]
  /** `auto`, any tool (`required`), or one tool by name. */
  toolChoice: 'auto' | 'required' | { name: string }
  maxOutputTokens?: number
  /** The same task as plain data, for engines that read data instead of prose. Language models do not get it. */
  task?: unknown
}

export const ChatAnswer = z.strictObject({
  content: z.string(),
  toolCalls: z.array(z.strictObject({ id: z.string(), name: z.string(), args: JsonValue })),
  finish: z.enum(['stop', 'tool_calls', 'length', 'filtered', 'other']),
  /**
   * Tokens as the endpoint reported them; `cached` is the part of `input` from a prefix cache. `estimated`: the endpoint did not
   * report all of them, so they are estimated from the texts.
   */
  usage: Tokens,
  /** The model that answered, as reported by the endpoint. It may differ from the requested one. */
  model: z.string(),
  /** The repeated calls that the port needed for this answer, each with its reason. */
  retries: z.array(z.strictObject({ reason: z.string(), waitedMs: z.number() })),
})
export type ChatAnswer = z.infer<typeof ChatAnswer>

export interface ChatModel {
  /** Engine and model, for example `openai:gpt-5-mini` or `extractive/1`. It appears in provenance and is part of every fingerprint. */
  readonly name: string
  /** True if the model reads {@link ChatRequest.task}. Only then is the task part of the canonical request. */
  readonly readsTask: boolean
  readonly sees: boolean
  /** Primary language subtags that it reads; absent means all. An agent whose model does not read the item's language abstains. */
  readonly languages?: readonly string[] | 'any' | undefined
  /** Agents for which it can answer; absent means all. Other agents abstain. */
  readonly agents?: readonly string[] | undefined
  /** Tokens that fit into one request with its answer. */
  readonly contextTokens: number
  /** @throws {ModelError} when the port's own retries are used up. Aborts reject with the signal's reason. */
  chat(request: ChatRequest, options?: { signal?: AbortSignal }): Promise<ChatAnswer>
}

export function answersFor({ agents }: Pick<ChatModel, 'agents'>, agent: string): boolean {
  return agents === undefined || agents.includes(agent)
}

/** The far side failed even after the port's own retries. */
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
