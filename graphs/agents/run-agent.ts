import { z } from 'zod'
import type { Tokens } from '../../src/content/understanding-schema.ts'
import { messageOf } from '../../src/content/validation/error-message.ts'
import { constant } from '../../src/ledger/canonical.ts'
import { ExchangeFailed, isFatal } from '../../src/ledger/interruptions.ts'
import type { ChatAnswer, ChatMessage, ChatModel, ToolCall, ToolSpec } from '../../src/models/chat-model.ts'
import { brokenArguments } from '../../src/models/tool-arguments.ts'
import type { Tool, ToolResult } from '../../tools/tool.ts'
import { addTokens } from './usage.ts'

/** How an agent's loop ended. `result` is what the agent concluded from an answer that passed its checks. */
export type AgentOutcome<Result> =
  | { kind: 'answered'; result: Result; trail: Trail }
  | { kind: 'abstained'; reason: string; trail: Trail }

/** What the loop cost, and what happened in it. */
export interface Trail {
  model: string
  rounds: number
  toolCalls: number
  rejected: number
  tokens: Tokens
}

export type Checked<Value> = { ok: true; value: Value } | { ok: false; problem: string }

export interface AgentLoop<Result> {
  name: string
  model: ChatModel
  messages: ChatMessage[]
  task: unknown
  tools: readonly Tool[]
  /** The model answers by calling `submit_<name>` with this. */
  answer: z.ZodType
  /** What the agent concludes from the arguments of that call, or the faults in them. */
  check(args: unknown): Checked<Result>
  limits: { rounds: number; toolCalls: number }
  maxOutputTokens: number | null
  signal: AbortSignal
}

/**
 * The bounded model-and-tool loop of all agents. The model's mistakes (an unknown tool, bad arguments, an answer that fails its schema or
 * the agent's checks, prose instead of a call) go back to it as a message that says what is wrong. The last allowed round forces
 * `submit_<agent>`. The agent abstains if there is no valid answer by then, or if its model fails for good. Only what the run itself must
 * handle is thrown.
 */
export async function runAgent<Result>(loop: AgentLoop<Result>): Promise<AgentOutcome<Result>> {
  const trail: Trail = {
    model: loop.model.name,
    rounds: 0,
    toolCalls: 0,
    rejected: 0,
    tokens: { input: 0, cached: 0, output: 0 },
  }
  try {
    return await converse(loop, trail)
  } catch (error) {
    if (isFatal(error) || loop.signal.aborted) throw error
    return { kind: 'abstained', reason: messageOf(error), trail }
  }
}

async function converse<Result>(loop: AgentLoop<Result>, trail: Trail): Promise<AgentOutcome<Result>> {
  const submit = `submit_${loop.name}`
  const specs = [...loop.tools.map(toolSpec), submitSpec(submit, loop)]
  const messages = [...loop.messages]
  let lastProblem = 'it gave no answer'

  while (trail.rounds < loop.limits.rounds) {
    const last = trail.rounds === loop.limits.rounds - 1
    const forced = last || trail.toolCalls >= loop.limits.toolCalls
    const answer = await loop.model.chat(
      {
        messages,
        tools: forced ? specs.slice(-1) : specs,
        toolChoice: forced ? { name: submit } : 'auto',
        task: loop.task,
        ...(loop.maxOutputTokens === null ? {} : { maxOutputTokens: loop.maxOutputTokens }),
      },
      { signal: loop.signal },
    )
    count(trail, answer)
    messages.push({ role: 'assistant', content: answer.content, toolCalls: answer.toolCalls })

    if (answer.toolCalls.length === 0) {
      trail.rejected++
      lastProblem = withoutCall(answer.finish)
      messages.push({ role: 'user', content: `Answer by calling ${submit}; ${lastProblem}.` })
      continue
    }
    for (const call of answer.toolCalls) {
      if (call.name === submit) {
        const checked = loop.check(call.args)
        if (checked.ok) return { kind: 'answered', result: checked.value, trail }
        trail.rejected++
        const cut = answer.finish === 'length'
        lastProblem = cut ? CUT_OFF : `its answer was not valid: ${checked.problem}`
        const problem = cut ? `The answer was cut off at the length limit: give a shorter one.` : checked.problem
        messages.push(reply(call, { error: `${problem} Call ${submit} again with this mended.` }))
      } else if (forced) {
        trail.rejected++
        lastProblem = `it called ${call.name.slice(0, 80)} when only ${submit} was left`
        messages.push(reply(call, { error: `No tool may be called any more; call ${submit} now.` }))
      } else {
        trail.toolCalls++
        const result = await callTool(call, loop, trail)
        if (!result.ok) trail.rejected++
        messages.push(reply(call, result.ok ? result.value : { error: result.problem }))
      }
    }
  }
  return { kind: 'abstained', reason: `no valid answer after ${trail.rounds} rounds: ${lastProblem}`, trail }
}

const CUT_OFF = 'its answer was cut off at the length limit'

function withoutCall(finish: ChatAnswer['finish']): string {
  switch (finish) {
    case 'length':
      return CUT_OFF
    case 'filtered':
      return "its answer was held back by the endpoint's content filter"
    case 'stop':
    case 'tool_calls':
    case 'other':
      return 'it answered in prose'
  }
}

function toolSpec(tool: Tool): ToolSpec {
  return { name: tool.name, description: tool.description, parameters: jsonSchema(tool.schema) }
}

function submitSpec(name: string, { answer }: Pick<AgentLoop<unknown>, 'answer'>): ToolSpec {
  return { name, description: 'Submits the final answer and ends the task.', parameters: jsonSchema(answer) }
}

const jsonSchemas = new WeakMap<z.ZodType, Record<string, unknown>>()

/** Converted once per schema, because every request of every run contains it. */
function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const known = jsonSchemas.get(schema)
  if (known !== undefined) return known
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', reused: 'inline' })
  const made = constant(rest)
  jsonSchemas.set(schema, made)
  return made
}

function reply(call: ToolCall, content: unknown): ChatMessage {
  return { role: 'tool', callId: call.id, name: call.name, content: JSON.stringify(content) }
}

function count(trail: Trail, { usage }: ChatAnswer): void {
  trail.rounds++
  trail.tokens = addTokens(trail.tokens, usage)
}

/** An answer that fits its schema and passes the checks; otherwise its faults, in words for the model. */
export function checkAnswer<Schema extends z.ZodType>(
  args: unknown,
  schema: Schema,
  problems: (answer: z.output<Schema>) => string[],
): Checked<z.output<Schema>> {
  const read = readArguments(args, schema)
  if (!read.ok) return read
  const found = problems(read.value)
  return found.length === 0 ? read : { ok: false, problem: found.slice(0, 8).join(' ') }
}

function readArguments<Schema extends z.ZodType>(args: unknown, schema: Schema): Checked<z.output<Schema>> {
  const parsed = schema.safeParse(args)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, problem: brokenArguments(args) ?? describe(parsed.error) }
}

/** A tool call that a model got wrong is a value. What the ledger or the run must handle is thrown on. */
async function callTool(
  call: ToolCall,
  { tools, limits, signal, name }: Pick<AgentLoop<unknown>, 'tools' | 'limits' | 'signal' | 'name'>,
  trail: Trail,
): Promise<ToolResult> {
  const tool = tools.find((candidate) => candidate.name === call.name)
  if (tool === undefined) {
    const known = [...tools.map((candidate) => candidate.name), `submit_${name}`].join(', ')
    return { ok: false, problem: `There is no tool "${call.name.slice(0, 80)}". There are: ${known}.` }
  }
  if (trail.toolCalls > limits.toolCalls)
    return { ok: false, problem: `The ${limits.toolCalls} allowed tool calls are used up; submit now.` }
  const args = readArguments(call.args, tool.schema)
  if (!args.ok) return args
  try {
    return await tool.run(args.value, { signal })
  } catch (error) {
    if (error instanceof ExchangeFailed)
      return { ok: false, problem: `${tool.name} is not available now: ${error.message}` }
    throw error
  }
}

/** A schema's complaints as sentences with JSON pointers. */
function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 8)
    .map(
      ({ path, message }) => `${path.length === 0 ? 'The arguments' : `/${path.map(String).join('/')}`}: ${message}.`,
    )
    .join(' ')
}
