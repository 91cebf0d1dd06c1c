import { firstMistake } from '../content/validation/mistakes.ts'
import { canonical } from '../ledger/canonical.ts'
import { type Exchange, exchangeName } from '../ledger/exchange.ts'
import { recordedValue } from '../ledger/recorded-run.ts'
import { ChatAnswer } from '../models/chat-model.ts'
import type { Recording } from '../recordings/recording.ts'

/** An answer cannot replace a recorded one. The message says what to mend. */
export class BadSubstitute extends Error {
  override readonly name = 'BadSubstitute'
}

/**
 * The recording with some of its answers replaced, by exchange (`topics.0.chat.1`). The recording itself does not change. For a model's
 * answer, only the parts that change have to be given. The output of `trace <run> <exchange> --json` is accepted too.
 * @throws {BadSubstitute}
 */
export function substituted(recording: Recording, answers: Readonly<Record<string, unknown>>): Recording {
  const names = Object.keys(answers)
  if (names.length === 0) return recording
  const known = new Set(recording.exchanges.map(exchangeName))
  const unknown = names.find((name) => !known.has(name))
  if (unknown !== undefined) throw new BadSubstitute(noSuchCall(unknown, recording))
  const texts = new Map<string, string>()
  const exchanges = recording.exchanges.map((exchange): Exchange => {
    const name = exchangeName(exchange)
    if (!(name in answers)) return exchange
    const { hash, blobs } = canonical(answerOf(exchange, answers[name], recording))
    for (const blob of blobs) texts.set(blob.hash, blob.text)
    return { ...exchange, response: hash, outcome: 'ok' }
  })
  return { ...recording, exchanges, blob: (hash) => texts.get(hash) ?? recording.blob(hash) }
}

function answerOf(exchange: Exchange, given: unknown, recording: Recording): unknown {
  const answer = isDetail(given) ? given.response : given
  if (exchange.kind !== 'chat') return answer
  const before = exchange.outcome === 'ok' ? recordedValue(recording, exchange.response) : BLANK
  const merged = isObject(answer) && isObject(before) ? { ...before, ...answer } : answer
  const parsed = ChatAnswer.safeParse(merged)
  if (parsed.success) return parsed.data
  throw new BadSubstitute(
    `the answer for ${exchangeName(exchange)} is not a model's answer: ${firstMistake(ChatAnswer, merged)}; give for example {"toolCalls": [{"id": "1", "name": "submit_${exchange.node}", "args": {}}]}`,
  )
}

/** The parts of an answer besides what it says, for a recorded call that had failed. */
const BLANK = {
  content: '',
  toolCalls: [],
  finish: 'stop',
  usage: { input: 0, cached: 0, output: 0 },
  model: '',
  retries: [],
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isDetail(value: unknown): value is { request: unknown; response: unknown } {
  return isObject(value) && 'request' in value && 'response' in value
}

function noSuchCall(name: string, { exchanges }: Recording): string {
  const step = name.split('.').slice(0, 2).join('.')
  const names = exchanges.map(exchangeName)
  const near = names.filter((known) => known.startsWith(`${step}.`))
  return `the run made no call "${name}"; ${near.length > 0 ? `of ${step} there are` : 'there are'} ${(near.length > 0 ? near : names).slice(0, 20).join(', ')}`
}
