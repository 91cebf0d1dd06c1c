import { type ChatAnswer, type ChatModel, type ChatRequest, ModelError } from '../chat-model.ts'
import { callsSoFar, type Move, resultsOf, type Script, submitTool } from './agent-script.ts'
import type { ExtractiveTask } from './agent-task.ts'
import { attributesScript } from './attributes-script.ts'
import { chaptersScript } from './chapters-script.ts'
import { critiqueScript } from './critique-script.ts'
import { entitiesScript } from './entities-script.ts'
import { suitabilityScript } from './suitability-script.ts'
import { summaryScript } from './summary-script.ts'
import { topicsScript } from './topics-script.ts'
import { transcriptScript } from './transcript-script.ts'

const NAME = 'extractive/1'

const LISTS = {
  topics: 'candidates',
  entities: 'candidates',
  chapters: 'candidates',
  suitability: 'candidates',
  summary: 'candidates',
  attributes: 'candidates',
  critique: 'claims',
  transcript: 'options',
} as const

function isTask(value: unknown): value is ExtractiveTask {
  if (typeof value !== 'object' || value === null || !('agent' in value)) return false
  const list = Object.entries(LISTS).find(([agent]) => agent === value.agent)?.[1]
  return list !== undefined && Array.isArray(Object.entries(value).find(([key]) => key === list)?.[1])
}

function agentOf(task: unknown): string {
  return typeof task === 'object' && task !== null && 'agent' in task ? String(task.agent) : 'no agent'
}

function playScript<Task extends ExtractiveTask, Answer extends object>(
  script: Script<Task, Answer>,
  task: Task,
  request: ChatRequest,
): Move[] {
  const submit = submitTool(request)
  if (submit === undefined)
    throw new ModelError('bad_request', `extractive: no submit tool was offered to the agent ${task.agent}`)
  const results = resultsOf(request.messages)
  // A rejected answer would be rejected again, so the engine submits a smaller one.
  if (results.some(({ name }) => name === submit)) return [{ name: submit, args: { ...json(script.abstain(task)) } }]
  if (typeof request.toolChoice !== 'object') {
    const offered = new Set(request.tools.map(({ name }) => name))
    const moves = script.ask(task, results).filter(({ name }) => offered.has(name))
    if (moves.length > 0) return moves
  }
  return [{ name: submit, args: { ...json(script.answer(task, results)) } }]
}

/** Converts to plain JSON without `undefined`, as a remote model would have sent it. */
function json(answer: object): Move['args'] {
  return JSON.parse(JSON.stringify(answer))
}

function movesFor(task: ExtractiveTask, request: ChatRequest): Move[] {
  switch (task.agent) {
    case 'topics':
      return playScript(topicsScript, task, request)
    case 'entities':
      return playScript(entitiesScript, task, request)
    case 'chapters':
      return playScript(chaptersScript, task, request)
    case 'suitability':
      return playScript(suitabilityScript, task, request)
    case 'summary':
      return playScript(summaryScript, task, request)
    case 'attributes':
      return playScript(attributesScript, task, request)
    case 'critique':
      return playScript(critiqueScript, task, request)
    case 'transcript':
      return playScript(transcriptScript, task, request)
  }
}

/**
 * The engine without a language model. This chat model reads the typed task instead of the prompt, follows a short fixed script
 * of tool calls for each agent, and submits what the candidates and the tools support. It is deterministic, holds no state
 * between calls and uses no tokens. Provenance names it `extractive/1`.
 *
 * @throws {ModelError} `bad_request` for a request without a known task or without a submit tool.
 */
export function extractive(): ChatModel {
  return {
    name: NAME,
    readsTask: true,
    sees: false,
    languages: ['en'],
    agents: Object.keys(LISTS),
    contextTokens: 1_000_000_000,
    async chat(request, options) {
      options?.signal?.throwIfAborted()
      if (!isTask(request.task))
        throw new ModelError(
          'bad_request',
          `extractive has no script for ${agentOf(request.task)}: set OPENAI_BASE_URL and LINERNOTES_MODEL to give it a language model`,
        )
      const first = callsSoFar(request.messages)
      const toolCalls = movesFor(request.task, request).map((move, i) => ({ id: `c${first + i}`, ...move }))
      const answer: ChatAnswer = {
        content: '',
        toolCalls,
        finish: 'tool_calls',
        usage: { input: 0, cached: 0, output: 0 },
        model: NAME,
        retries: [],
      }
      return answer
    },
  }
}
