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

/** What tokens of a model cost; null without a price. */
export type Price = (model: string, tokens: Tokens) => number | null

/** A chat model whose calls are exchanges of a step. */
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

/** What was not reported has no price, only an estimate of one. */
function costOf({ input, cached, output, estimated }: Tokens, usd: number | null): Cost {
  const counted = { inputTokens: input, cachedTokens: cached, outputTokens: output }
  return estimated ? { ...counted, usd: null, estimatedUsd: usd } : { ...counted, usd }
}

/**
 * What the far side would see: tool-call ids named by order of appearance, the task only where it is read, images without what
 * signs their URLs.
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
