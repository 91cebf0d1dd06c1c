import type { ChatAnswer, ChatMessage, ChatRequest } from './chat-model.ts'

/** The estimate for a picture; providers charge from about 85 to 1,600 tokens. */
const IMAGE_TOKENS = 1_600
/** The estimate for role marks and separators around a message. */
const MESSAGE_TOKENS = 6

/**
 * Estimates the tokens of a text without a tokenizer, and rather too high than too low: 1 token for about 4 characters of ASCII,
 * 2 characters of other alphabets, or 1 character of scripts such as Chinese and of everything outside the basic plane.
 */
export function estimateTokens(text: string): number {
  let quarters = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    quarters += code < 0x80 ? 1 : code < 0x0e00 ? 2 : 4
  }
  return Math.ceil(quarters / 4)
}

/** Estimates the tokens of messages, including their wrapping, tool calls and pictures. */
export function estimateMessages(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + MESSAGE_TOKENS + contentTokens(message), 0)
}

function contentTokens(message: ChatMessage): number {
  if (typeof message.content !== 'string')
    return message.content.reduce(
      (sum, part) => sum + (part.type === 'text' ? estimateTokens(part.text) : IMAGE_TOKENS),
      0,
    )
  const calls = message.role === 'assistant' ? JSON.stringify(message.toolCalls ?? []) : ''
  return estimateTokens(message.content) + estimateTokens(calls)
}

/** Estimates the tokens of a request and its answer, for an endpoint that does not report them. */
export function estimateUsage(
  { messages, tools }: Pick<ChatRequest, 'messages' | 'tools'>,
  { content, toolCalls }: Pick<ChatAnswer, 'content' | 'toolCalls'>,
): Pick<ChatAnswer['usage'], 'input' | 'output'> {
  const specs = tools.length === 0 ? 0 : estimateTokens(JSON.stringify(tools))
  const calls = toolCalls.map(({ name, args }) => `${name} ${typeof args === 'string' ? args : JSON.stringify(args)}`)
  return { input: estimateMessages(messages) + specs, output: estimateTokens([content, ...calls].join('\n')) }
}
