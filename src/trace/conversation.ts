import { z } from 'zod'

// Exchanges are shown as they were recorded, whatever version recorded them. What cannot be read is left out, and is never an error.

const ToolCall = z.object({ id: z.string(), name: z.string(), args: z.unknown() })
const Message = z.object({
  role: z.string(),
  content: z.unknown(),
  name: z.string().optional(),
  toolCalls: z.array(ToolCall).optional(),
})
/** What a model was asked, as far as it is shown. */
export const RecordedRequest = z.object({ model: z.string().optional(), messages: z.array(Message) })
/** What a model answered, as far as it is shown. */
export const RecordedAnswer = z.object({
  content: z.string(),
  toolCalls: z.array(ToolCall),
  finish: z.string(),
  model: z.string().optional(),
  retries: z.array(z.object({ reason: z.string(), waitedMs: z.number() })).default([]),
})
/** Why there is no answer. */
export const RecordedFailure = z.object({
  message: z.string(),
  retries: z.array(z.object({ reason: z.string(), waitedMs: z.number() })).default([]),
})

/** One thing that happened in an agent's conversation with its model. */
export type Turn =
  | { kind: 'called'; tool: string; args: string }
  | { kind: 'said'; text: string }
  | { kind: 'cut-off' }
  | { kind: 'result'; tool: string; text: string }
  | { kind: 'rejected'; reason: string }
  | { kind: 'retried'; reason: string; waitedMs: number }
  | { kind: 'failed'; reason: string }

interface ChatExchange {
  outcome: 'ok' | 'error' | 'refused'
  request: unknown
  response: unknown
}

/** What the model was told since its last answer: results of its tools, and why its answer was rejected. */
export function turnsBefore({ request }: ChatExchange): Turn[] {
  const messages = RecordedRequest.safeParse(request).data?.messages ?? []
  const last = messages.findLastIndex(({ role }) => role === 'assistant')
  if (last < 0) return []
  return messages.slice(last + 1).flatMap((message): Turn[] => {
    const text = typeof message.content === 'string' ? message.content : JSON.stringify(message.content)
    if (message.role === 'user') return [{ kind: 'rejected', reason: text }]
    if (message.role !== 'tool') return []
    const error = errorOf(text)
    return [
      error === null ? { kind: 'result', tool: message.name ?? 'tool', text } : { kind: 'rejected', reason: error },
    ]
  })
}

/** What came back: first the retries, then calls, prose, or the failure. */
export function turnsOf({ outcome, response }: ChatExchange): Turn[] {
  if (outcome !== 'ok') {
    const failure = RecordedFailure.safeParse(response).data
    return [...retried(failure?.retries ?? []), { kind: 'failed', reason: failure?.message ?? outcome }]
  }
  const answer = RecordedAnswer.safeParse(response).data
  if (answer === undefined) return []
  return [
    ...retried(answer.retries),
    ...(answer.content.trim() === '' ? [] : [{ kind: 'said' as const, text: answer.content }]),
    ...answer.toolCalls.map(({ name, args }) => ({
      kind: 'called' as const,
      tool: name,
      args: typeof args === 'string' ? args : JSON.stringify(args),
    })),
    ...(answer.finish === 'length' ? [{ kind: 'cut-off' as const }] : []),
  ]
}

function retried(retries: readonly { reason: string; waitedMs: number }[]): Turn[] {
  return retries.map(({ reason, waitedMs }) => ({ kind: 'retried', reason, waitedMs }))
}

/** What was wrong, if a tool's reply says that the call was rejected. */
export function errorOf(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return z.object({ error: z.string() }).safeParse(parsed).data?.error ?? null
  } catch {
    return null
  }
}
