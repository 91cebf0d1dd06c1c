import { AIMessage, type BaseMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages'
import { z } from 'zod'
import type { ChatAnswer, ChatMessage, ChatRequest, ToolCall } from '../chat-model.ts'
import { estimateUsage } from '../tokens.ts'
import { isTooDeep, TOO_DEEP } from '../tool-arguments.ts'

/** Converts our messages to LangChain's: new messages without ids, images as `image_url` parts. */
export function toLangChain(message: ChatMessage): BaseMessage {
  switch (message.role) {
    case 'system':
      return new SystemMessage(message.content)
    case 'user':
      if (typeof message.content === 'string') return new HumanMessage(message.content)
      return new HumanMessage({
        content: message.content.map((part) =>
          part.type === 'text'
            ? { type: 'text', text: part.text }
            : { type: 'image_url', image_url: { url: part.url } },
        ),
      })
    case 'assistant':
      return new AIMessage({ content: message.content, tool_calls: (message.toolCalls ?? []).map(toCall) })
    case 'tool':
      return new ToolMessage({ content: message.content, tool_call_id: message.callId, name: message.name })
    default:
      return message satisfies never
  }
}

const Args = z.record(z.string(), z.unknown())

function toCall({ id, name, args }: ToolCall) {
  // Providers accept only objects. A model that wrote something else gets its own text back.
  const parsed = Args.safeParse(args)
  return { type: 'tool_call' as const, id, name, args: parsed.success ? parsed.data : { malformed_arguments: args } }
}

const Metadata = z.object({
  finish_reason: z.string().optional().catch(undefined),
  stop_reason: z.string().optional().catch(undefined),
  finishReason: z.string().optional().catch(undefined),
  model_name: z.string().optional().catch(undefined),
  model: z.string().optional().catch(undefined),
})

/** LangChain leaves out values that the endpoint does not report. An endpoint that reports 0 for a request has not counted. */
const Count = z
  .number()
  .transform((tokens) => Math.max(0, Math.round(tokens)))
  .catch(0)
const Usage = z
  .object({
    input_tokens: Count,
    output_tokens: Count,
    input_token_details: z.object({ cache_read: Count }).catch({ cache_read: 0 }),
  })
  .catch({ input_tokens: 0, output_tokens: 0, input_token_details: { cache_read: 0 } })

/**
 * Converts LangChain's answer to ours, without its ids and everything else that changes from call to call.
 * @param request the request of the answer: if the endpoint does not report tokens, they are estimated from it.
 */
export function fromLangChainAnswer(
  message: AIMessage,
  askedFor: string,
  request: Pick<ChatRequest, 'messages' | 'tools'>,
): Omit<ChatAnswer, 'retries'> {
  const metadata = Metadata.parse(message.response_metadata ?? {})
  const valid = (message.tool_calls ?? []).map(({ id, name, args }) => ({ id, name, args: asJson(args) }))
  const invalid = (message.invalid_tool_calls ?? []).map(({ id, name, args }) => ({ id, name, args: args ?? '' }))
  const toolCalls = [...valid, ...invalid].map(({ id, name, args }, i) => ({
    id: id || `call_${i}`,
    name: name ?? '',
    args,
  }))
  const content = typeof message.content === 'string' ? message.content : textOf(message.content)
  const reason = metadata.finish_reason ?? metadata.stop_reason ?? metadata.finishReason
  return {
    content,
    toolCalls,
    finish: finishOf(reason, toolCalls.length > 0),
    usage: usageOf(message.usage_metadata, request, { content, toolCalls }),
    model: metadata.model_name || metadata.model || askedFor,
  }
}

function usageOf(
  reported: unknown,
  request: Pick<ChatRequest, 'messages' | 'tools'>,
  answer: Pick<ChatAnswer, 'content' | 'toolCalls'>,
): ChatAnswer['usage'] {
  const { input_tokens: input, output_tokens: output, input_token_details: details } = Usage.parse(reported)
  const wrote = answer.content !== '' || answer.toolCalls.length > 0
  if (input > 0 && (output > 0 || !wrote)) return { input, cached: details.cache_read, output }
  const estimate = estimateUsage(request, answer)
  return {
    input: input || estimate.input,
    cached: details.cache_read,
    output: output || estimate.output,
    estimated: true,
  }
}

function asJson(args: unknown): z.core.util.JSONType {
  if (isTooDeep(args)) return TOO_DEEP
  const parsed = z.json().safeParse(args)
  return parsed.success ? parsed.data : String(args)
}

function textOf(parts: Exclude<AIMessage['content'], string>): string {
  return parts.map((part) => (part.type === 'text' && typeof part.text === 'string' ? part.text : '')).join('')
}

function finishOf(reason: string | undefined, calls: boolean): ChatAnswer['finish'] {
  switch (reason?.toLowerCase()) {
    case 'length':
    case 'max_tokens':
      return 'length'
    case 'content_filter':
    case 'refusal':
    case 'safety':
      return 'filtered'
    // With a named tool choice, OpenAI reports `stop` although it calls the tool.
    case 'stop':
    case 'end_turn':
    case 'stop_sequence':
    case 'tool_calls':
    case 'function_call':
    case 'tool_use':
    case undefined:
      return calls ? 'tool_calls' : 'stop'
    default:
      return 'other'
  }
}
