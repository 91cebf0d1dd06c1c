import { compareJson, type Difference } from '../../ledger/compare-json.ts'
import type { ExchangeKind } from '../../ledger/exchange.ts'
import type { DivergenceClass } from '../replay-report.ts'

export interface ClassedDifferences {
  class: DivergenceClass
  differences: Difference[]
}

/**
 * How a request differs from the recorded one at its position, by the role of the parts that differ. System and user messages are the
 * prompt. Assistant messages are the calls of tools. Tool messages are the results of tools. Everything else is the model or its
 * parameters. The causes come in order: parameters first, then message by message.
 */
export function classifyRequest(kind: ExchangeKind, was: unknown, is: unknown): ClassedDifferences[] {
  const differences = compareJson(was, is)
  if (kind !== 'chat') return differences.length === 0 ? [] : [{ class: 'other-arguments', differences }]
  const messages = { was: messagesOf(was), is: messagesOf(is) }
  const placed = differences
    .map((difference) => ({ difference, ...place(difference, messages) }))
    .sort((a, b) => a.at - b.at)
  const classes = new Map<DivergenceClass, Difference[]>()
  for (const { difference, class: name } of placed) {
    const found = classes.get(name) ?? []
    found.push(difference)
    classes.set(name, found)
  }
  return [...classes].map(([name, found]) => ({ class: name, differences: found }))
}

interface Messages {
  was: unknown[]
  is: unknown[]
}

/** The class of a difference, and its place in the conversation. -1 is before the first message. */
function place({ pointer }: Difference, messages: Messages): { class: DivergenceClass; at: number } {
  const [part, index, ...path] = pointer.split('/').slice(1)
  // Engines that read data get the typed task in place of the prompt.
  if (part === 'task') return { class: 'prompt-changed', at: 0 }
  if (part !== 'messages' || index === undefined) return { class: 'model-or-parameters-changed', at: -1 }
  const at = Number(index)
  const [before, now] = [messages.was[at], messages.is[at]]
  switch (roleOf(now) ?? roleOf(before)) {
    case 'tool':
      return { class: 'tool-result-changed', at }
    case 'assistant':
      return { class: askedOtherwise(path, before, now), at }
    default:
      return { class: 'prompt-changed', at }
  }
}

/** `path` leads into an assistant's message: its words, or `toolCalls/<n>/…`. */
function askedOtherwise([part, n, field]: string[], before: unknown, now: unknown): DivergenceClass {
  if (part === undefined || part === 'role') return 'other-tool-asked'
  if (part !== 'toolCalls') return 'other-arguments'
  if (n === undefined || field === undefined) return 'other-tool-asked'
  return toolName(before, Number(n)) === toolName(now, Number(n)) ? 'other-arguments' : 'other-tool-asked'
}

function messagesOf(request: unknown): unknown[] {
  const messages = member(request, 'messages')
  return Array.isArray(messages) ? messages : []
}

function toolName(message: unknown, n: number): unknown {
  const calls = member(message, 'toolCalls')
  return Array.isArray(calls) ? member(calls[n], 'name') : undefined
}

const roleOf = (message: unknown): unknown => member(message, 'role')

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return new Map<string, unknown>(Object.entries(value)).get(key)
}
