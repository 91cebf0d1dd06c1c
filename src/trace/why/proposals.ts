import { labelType } from '../../content/labels/label-types.ts'
import { compareJson } from '../../ledger/compare-json.ts'
import { exchangeName } from '../../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../../ledger/recorded-run.ts'
import { type AgentRound, agentRounds } from '../agent-rounds.ts'
import { RecordedRequest } from '../conversation.ts'
import { json } from './to-json.ts'
import type { Proposal, Revision, ToolCallBefore } from './why-answer.ts'

const CANDIDATES = /<data name=candidates>\n(.*?)\n<\/data>/s

/** A published label, and the names that a tool's result would use for it. */
export interface TracedLabel {
  facet: string
  fields: { key: string }
  names: readonly string[]
}

/** How a label came to be, as recorded by the run whose agent made it. */
export interface LabelHistory {
  proposed: Proposal | null
  seen: ToolCallBefore[]
  revisions: Revision[]
}

/** One accepted answer of the agent. */
interface Answer {
  visit: number
  /** The rounds of the conversation up to the answer, including it. */
  rounds: AgentRound[]
  round: AgentRound
  found: { pointer: string; entry: unknown } | null
}

export interface MadeBy {
  runId: string
  run: RecordedRun
  agent: string
  prompt: string | null
}

/** The answer that proposed a label, what the tools had said before it, and what later rounds made of the label. */
export function makingOf(label: TracedLabel, by: MadeBy): LabelHistory {
  const answers = answersOf(label, by)
  const at = answers.findIndex(({ found }) => found !== null)
  const first = answers[at]
  if (first === undefined || first.found === null) return { proposed: null, seen: [], revisions: [] }
  const { exchange, model } = first.round
  const proposed = {
    run: by.runId,
    exchange,
    round: first.visit,
    agent: by.agent,
    model,
    prompt: by.prompt,
    pointer: first.found.pointer,
    wrote: json(first.found.entry),
    offered: json(offeredIn(by.run, exchange, label)),
  }
  return {
    proposed,
    seen: seenBefore(first, label.names, by.runId),
    revisions:
      at > 0 ? [added(first, by.runId), ...revisions(answers.slice(at), by.runId)] : revisions(answers, by.runId),
  }
}

/** The accepted answers of an agent, round by round of the run. */
function answersOf(label: TracedLabel, { run, agent }: MadeBy): Answer[] {
  const visits = [...new Set(run.exchanges.filter(({ node }) => node === agent).map(({ visit }) => visit))].sort(
    (a, b) => a - b,
  )
  return visits.flatMap((visit): Answer[] => {
    const rounds = agentRounds(run, { node: agent, visit })
    const at = rounds.findLastIndex(({ calls }) => calls.some(isTaken))
    const round = rounds[at]
    const submitted = round?.calls.findLast(isTaken)
    if (round === undefined || submitted === undefined) return []
    return [
      {
        visit,
        round,
        rounds: rounds.slice(0, at),
        found: labelType(label.facet).inAnswer(submitted.arguments, label.fields),
      },
    ]
  })

  function isTaken({ tool, rejected }: AgentRound['calls'][number]): boolean {
    return tool === `submit_${agent}` && rejected === null
  }
}

function offeredIn(run: RecordedRun, name: string, label: TracedLabel): unknown {
  const exchange = run.exchanges.find((one) => exchangeName(one) === name)
  const request = exchange && RecordedRequest.safeParse(recordedValue(run, exchange.request)).data
  const type = labelType(label.facet)
  return offeredCandidate(request?.messages ?? [], (candidate) => type.isOffered(candidate, label.fields))
}

function seenBefore({ rounds }: Answer, names: readonly string[], run: string): ToolCallBefore[] {
  return rounds.flatMap(({ exchange, calls }) =>
    calls
      .filter(({ tool }) => !tool.startsWith('submit_'))
      .map((call) => ({
        run,
        exchange,
        tool: call.tool,
        arguments: json(call.arguments),
        result: json(call.result),
        rejected: call.rejected,
        names: isNamed(call.result, names),
      })),
  )
}

function isNamed(result: unknown, names: readonly string[]): boolean {
  const text = (JSON.stringify(result) ?? '').toLowerCase()
  return names.some((name) => name !== '' && text.includes(name.toLowerCase()))
}

function added({ round, visit, found }: Answer, run: string): Revision {
  return {
    run,
    exchange: round.exchange,
    round: visit,
    how: 'added',
    wrote: json(found?.entry),
    differences: [],
  }
}

/** What each later answer made of the label, compared with the last answer that had it. */
function revisions(answers: readonly Answer[], run: string): Revision[] {
  let before = answers[0]?.found?.entry
  return answers.slice(1).map(({ visit, round, found }) => {
    const common = { run, exchange: round.exchange, round: visit }
    if (found === null) return { ...common, how: 'dropped', wrote: null, differences: [] }
    const differences = compareJson(before, found.entry).map(({ pointer, was, is }) => ({
      pointer,
      ...(was === undefined ? {} : { was: json(was) }),
      ...(is === undefined ? {} : { is: json(is) }),
    }))
    before = found.entry
    return { ...common, how: differences.length === 0 ? 'kept' : 'changed', wrote: json(found.entry), differences }
  })
}

/** The candidate in a prompt that `passes` accepts: one line of JSON in its task. Null if there is none. */
function offeredCandidate(
  messages: readonly { role: string; content: unknown }[],
  passes: (candidate: unknown) => boolean,
): unknown {
  const first = messages.findIndex(({ role }) => role === 'assistant')
  const task = messages.slice(0, first < 0 ? undefined : first).findLast(({ role }) => role === 'user')?.content
  const text = typeof task === 'string' ? task : JSON.stringify(task ?? '')
  const lines = (CANDIDATES.exec(text)?.[1] ?? '').split('\n')
  return lines.map(parsed).find(passes) ?? null
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
