import type { z } from 'zod'
import type { ChatMessage, ChatRequest, ToolCall } from '../../../src/models/chat-model.ts'
import type { ExtractiveTask } from '../../../src/models/extractive/agent-task.ts'
import { extractive } from '../../../src/models/extractive/extractive-model.ts'

export const COMMON = {
  item: { kind: 'podcast_episode', language: 'en', title: '', description: '', durationMs: null },
  transcript: '',
  round: 0,
  findings: [],
}

const TOOLS = [
  'lookup_taxonomy',
  'search_transcript',
  'read_transcript',
  'find_similar',
  'read_metadata',
  'check_evidence',
]

export type Answering = (call: ToolCall) => unknown

export interface Played {
  /** Calls turn by turn, the submission last. */
  turns: ToolCall[][]
  answer: unknown
}

/** A request as the agent loop makes it. */
export function requestOf(task: ExtractiveTask, messages: ChatMessage[], rest: Partial<ChatRequest> = {}): ChatRequest {
  const tool = (name: string) => ({ name, description: '', parameters: {} })
  return { messages, tools: [...TOOLS, `submit_${task.agent}`].map(tool), toolChoice: 'required', task, ...rest }
}

/** Plays an agent to its end: answers every tool call with what `answering` gives, and stops at the first submission. */
export async function play(task: ExtractiveTask, answering: Answering = () => ({})): Promise<Played> {
  const model = extractive()
  const messages: ChatMessage[] = [{ role: 'system', content: 'rules' }]
  const turns: ToolCall[][] = []
  for (let round = 0; round < 6; round++) {
    const { content, toolCalls } = await model.chat(requestOf(task, messages))
    turns.push(toolCalls)
    const submission = toolCalls.find(({ name }) => name === `submit_${task.agent}`)
    if (submission !== undefined) return { turns, answer: submission.args }
    messages.push({ role: 'assistant', content, toolCalls })
    for (const call of toolCalls)
      messages.push({
        role: 'tool',
        callId: call.id,
        name: call.name,
        content: JSON.stringify(answering(call) ?? null),
      })
  }
  throw new Error('it never submitted an answer')
}

/** The answer, checked against the agent's schema as the loop checks it. */
export async function answerOf<T>(schema: z.ZodType<T>, task: ExtractiveTask, answering?: Answering): Promise<T> {
  return schema.parse((await play(task, answering)).answer)
}
