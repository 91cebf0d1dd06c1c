import type { z } from 'zod'
import { type Cost, type Exchange, exchangeName, type Outcome, type StepName } from '../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'
import { errorOf, RecordedAnswer, RecordedFailure, RecordedRequest } from './conversation.ts'
import { lastWasRejected, type StepOutcome, stepOutcome } from './step-outcome.ts'

/** One call that a model asked for: of a tool, or `submit_<agent>` with its answer. */
export interface AgentCall {
  tool: string
  /** As the model wrote them: JSON, or text if they were not JSON. */
  arguments: unknown
  /** What the tool returned. Undefined if nothing came back: the answer was accepted, or the step ended. */
  result?: unknown
  /** What was wrong, as the model was told. Null if nothing was. */
  rejected: string | null
}

/** One turn of an agent's conversation with its model: a chat exchange, and what became of its calls. */
export interface AgentRound {
  /** The name of the exchange, `topics.0.chat.2`. */
  exchange: string
  /** The number of the conversation in the step, from 0. A second opinion is a conversation of its own. */
  conversation: number
  /** The model that was asked. */
  model: string | null
  outcome: Outcome
  /** Prose besides the calls. */
  said: string | null
  calls: AgentCall[]
  /** Why the answer was sent back as a whole: it called nothing. */
  rejected: string | null
  /** The answer was cut off at the length limit. */
  cutOff: boolean
  /** Why there was no answer: the far side failed, or a budget refused the call. */
  failed: string | null
  /** The port's failed tries before this outcome. */
  retries: { reason: string; waitedMs: number }[]
  /** Milliseconds since the epoch, and how long the far side took. */
  startedAt: number
  ms: number
  cost: Cost | null
}

/** The conversation of an agent in one step, round by round. Empty for steps that ask no model. */
export function agentRounds(run: RecordedRun, step: StepName): AgentRound[] {
  const chats = run.exchanges
    .filter((exchange) => exchange.kind === 'chat' && exchange.node === step.node && exchange.visit === step.visit)
    .sort((a, b) => a.n - b.n)
  const requests = chats.map(({ request }) => RecordedRequest.safeParse(recordedValue(run, request)).data)
  let conversation = -1
  const rounds = chats.map((chat, at) => {
    const messages = requests[at]?.messages ?? []
    if (!messages.some(({ role }) => role === 'assistant')) conversation++
    const following = requests[at + 1]?.messages ?? []
    const last = following.findLastIndex(({ role }) => role === 'assistant')
    return roundOf(run, chat, {
      conversation: Math.max(conversation, 0),
      model: requests[at]?.model ?? null,
      replies: last < 0 ? [] : following.slice(last + 1),
    })
  })
  return markLast(run, step, rounds)
}

type Reply = z.infer<typeof RecordedRequest>['messages'][number]

function roundOf(
  run: RecordedRun,
  chat: Exchange,
  asked: { conversation: number; model: string | null; replies: readonly Reply[] },
): AgentRound {
  const { conversation, model, replies } = asked
  const { outcome, startedAt, ms, cost } = chat
  const response = recordedValue(run, chat.response)
  const answer = outcome === 'ok' ? RecordedAnswer.safeParse(response).data : undefined
  const failure = outcome === 'ok' ? undefined : RecordedFailure.safeParse(response).data
  const results = replies.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content))
  const told = replies.find(({ role }) => role === 'user')
  return {
    exchange: exchangeName(chat),
    conversation,
    model,
    outcome,
    said: answer === undefined || answer.content.trim() === '' ? null : answer.content,
    calls: (answer?.toolCalls ?? []).map(({ name, args }, at) => callOf(name, args, results[at])),
    rejected: told === undefined ? null : textOf(told.content),
    cutOff: answer?.finish === 'length',
    failed: outcome === 'ok' ? null : (failure?.message ?? outcome),
    retries: answer?.retries ?? failure?.retries ?? [],
    startedAt,
    ms,
    cost,
  }
}

function callOf(tool: string, args: unknown, reply: string | undefined): AgentCall {
  if (reply === undefined) return { tool, arguments: args, rejected: null }
  const rejected = errorOf(reply)
  return { tool, arguments: args, rejected, ...(rejected === null ? { result: parsed(reply) } : {}) }
}

/** The rounds, with the last answer marked as rejected if it was. */
function markLast(run: RecordedRun, step: StepName, rounds: AgentRound[]): AgentRound[] {
  const last = rounds.at(-1)
  const now = outcomeOf(run, step)
  if (last === undefined || last.outcome !== 'ok' || now === null) return rounds
  const before = outcomeOf(run, { ...step, visit: step.visit - 1 })
  const told = rounds
    .flatMap(({ rejected, calls }) => [rejected, ...calls.map((call) => call.rejected)])
    .filter((reason) => reason !== null)
  if (!lastWasRejected(now, before, told.length)) return rounds
  const reason = now.abstained ?? 'no round was left to mend it'
  const calls = last.calls.map((call, at) => (at === last.calls.length - 1 ? { ...call, rejected: reason } : call))
  return [...rounds.slice(0, -1), { ...last, calls, rejected: calls.length === 0 ? reason : last.rejected }]
}

/** What a step left of its agent's conversation: the answers rejected so far, and why there is no answer. */
function outcomeOf(run: RecordedRun, { node, visit }: StepName): StepOutcome | null {
  const step = run.steps.find((one) => one.node === node && one.visit === visit)
  if (step === undefined || step.update === null) return null
  return stepOutcome(node, recordedValue(run, step.update))
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
