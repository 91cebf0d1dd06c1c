import type { z } from 'zod'
import type { ChatMessage, ChatRequest } from '../chat-model.ts'
import type { ExtractiveTask } from './agent-task.ts'

/** A tool call that a script requests. `args` is plain JSON. */
export interface Move {
  name: string
  args: Record<string, z.core.util.JSONType>
}

/** A tool call of an earlier turn with its result: parsed if it was JSON, else the string. */
export interface ToolResult {
  name: string
  args: unknown
  content: unknown
}

export type TaskOf<A extends ExtractiveTask['agent']> = Extract<ExtractiveTask, { agent: A }>

/**
 * The engine's script for one agent: first tool calls, then one answer. Both functions are pure and get all results so far, so
 * that the engine holds no state between calls.
 */
export interface Script<Task extends ExtractiveTask, Answer> {
  /** The next group of tool calls; empty when the script has enough results to answer. */
  ask(task: Task, results: readonly ToolResult[]): Move[]
  /** The answer to submit. It must cope with missing results, because tools fail and rounds are bounded. */
  answer(task: Task, results: readonly ToolResult[]): Answer
  /** The smallest valid answer, for submission after a rejected answer. */
  abstain(task: Task): Answer
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return content
  }
}

/** Pairs the calls of earlier assistant turns with the tool messages that answer them, in the order of the calls, without unanswered calls. */
export function resultsOf(messages: readonly ChatMessage[]): ToolResult[] {
  const answers = new Map(messages.flatMap((message) => (message.role === 'tool' ? [[message.callId, message]] : [])))
  return messages.flatMap((message) => {
    if (message.role !== 'assistant') return []
    return (message.toolCalls ?? []).flatMap(({ id, name, args }) => {
      const answer = answers.get(id)
      return answer === undefined ? [] : [{ name, args, content: parsed(answer.content) }]
    })
  })
}

/** The number of tool calls in the conversation; the id of the next call is `c` and this number. */
export function callsSoFar(messages: readonly ChatMessage[]): number {
  return messages.reduce(
    (sum, message) => sum + (message.role === 'assistant' ? (message.toolCalls?.length ?? 0) : 0),
    0,
  )
}

/** The tool that takes the answer: the tool that the request names, else the first one called `submit_…`. */
export function submitTool(request: Pick<ChatRequest, 'tools' | 'toolChoice'>): string | undefined {
  if (typeof request.toolChoice === 'object') return request.toolChoice.name
  return request.tools.find(({ name }) => name.startsWith('submit_'))?.name
}

/** The results of one tool that have the expected shape, in order; errors and other shapes are skipped. */
export function resultsFrom<T>(results: readonly ToolResult[], name: string, shape: z.ZodType<T>): T[] {
  return results.flatMap((result) => {
    if (result.name !== name) return []
    const read = shape.safeParse(result.content)
    return read.success ? [read.data] : []
  })
}
