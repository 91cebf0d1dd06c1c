import { type Exchange, exchangeName, stepName } from '../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'

/** One call with all that was asked and answered, and the calls before and after it in the ledger. */
export interface ExchangeWithBodies {
  exchange: Exchange
  /** Undefined if the blob is gone. */
  request: unknown
  response: unknown
  before: Exchange | undefined
  after: Exchange | undefined
}

/** One call by its name, `topics.0.chat.2`. Null if the run made no such call. */
export function exchangeDetail(run: RecordedRun, name: string): ExchangeWithBodies | null {
  const { exchanges } = run
  const at = exchanges.findIndex((call) => exchangeName(call) === name)
  const exchange = exchanges[at]
  if (exchange === undefined) return null
  return {
    exchange,
    request: recordedValue(run, exchange.request),
    response: recordedValue(run, exchange.response),
    before: exchanges[at - 1],
    after: exchanges[at + 1],
  }
}

/** The calls of steps that did not end: steps that are under way, or at which the run was broken off. */
export function openCalls({ steps, exchanges }: RecordedRun): Exchange[] {
  const ended = new Set(steps.map(stepName))
  return exchanges.filter((call) => !ended.has(stepName(call)))
}

/** The names of all steps that have something recorded. */
export function stepNames({ steps, exchanges }: RecordedRun): string[] {
  return [...new Set([...steps.map(stepName), ...exchanges.map(stepName)])]
}
