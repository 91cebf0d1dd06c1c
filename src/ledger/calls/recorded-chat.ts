import { keepable } from '../../content/signed-url.ts'
import type { Tokens } from '../../content/understanding-schema.ts'
import {
  ChatAnswer,
  type ChatMessage,
  type ChatModel,
  type ChatRequest,
  type MessagePart,
} from '../../models/chat-model.ts'
import type { Cost } from '../exchange.ts'
import type { Scope } from '../ledger-session.ts'

/** The cost of a model's tokens; null without a price. */
export type Price = (model: string, tokens: Tokens) => number | null

/** Makes a chat model whose calls are exchanges of a step. */
export function recordedChat(model: ChatModel, scope: Scope, price: Price, signal: AbortSignal): ChatModel {
  return {
    ...model,
    chat: (request) =>
      scope.exchange({
        kind: 'chat',
        request: canonicalChat(model, request),
        perform: () => model.chat(request, { signal }),
        costly: !model.readsTask,
        cost: ({ usage }) => costOf(usage, price(model.name, usage)),
        retries: ({ retries }) => retries.length,
        read: (json) => ChatAnswer.parse(json),
      }),
  }
}

/** The cost of a call. Tokens that were not reported have no price, only an estimated one. */
function costOf({ input, cached, output, estimated }: Tokens, usd: number | null): Cost {
  const counted = { inputTokens: input, cachedTokens: cached, outputTokens: output }
  return estimated ? { ...counted, usd: null, estimatedUsd: usd } : { ...counted, usd }
}

/**
 * The request as the far side sees it: ids of tool calls are numbered by order of appearance, the task is included only for models
 * that read it, and the URLs of images lose their signatures.
 */
function canonicalChat({ name, readsTask }: ChatModel, { messages, task, ...request }: ChatRequest): unknown {
  const ids = new Map<string, string>()
  const rename = (id: string) => {
    const known = ids.get(id) ?? `t${ids.size}`
    ids.set(id, known)
    return known
  }
  const renamed = messages.map((message): ChatMessage => {
    switch (message.role) {
      case 'assistant':
        return message.toolCalls === undefined
          ? message
          : { ...message, toolCalls: message.toolCalls.map((call) => ({ ...call, id: rename(call.id) })) }
      case 'tool':
        return { ...message, callId: rename(message.callId) }
      case 'user':
        return typeof message.content === 'string' ? message : { ...message, content: message.content.map(unsigned) }
      case 'system':
        return message
    }
  })
  return { model: name, ...request, messages: renamed, ...(readsTask ? { task } : {}) }
}

function unsigned(part: MessagePart): MessagePart {
  return part.type === 'image' && !part.url.startsWith('data:') ? { ...part, url: keepable(part.url) } : part
}
