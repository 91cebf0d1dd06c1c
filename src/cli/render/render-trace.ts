import { type Turn, turnsBefore, turnsOf } from '../../trace/conversation.ts'
import { lastWasRejected, stepOutcome } from '../../trace/step-outcome.ts'
import type { ExchangeBodies, ExchangeView, RunView, StepsView, StepView } from '../service/service-answers.ts'
import { forkOf, tokensText, totalText } from './run-words.ts'
import { duration, padEnd, safe, truncate } from './terminal-layout.ts'
import type { Style } from './terminal-style.ts'

interface Canvas {
  style: Style
  columns: number
  /** Shows whole arguments and results, not only their beginnings. */
  full: boolean
}

/** Shows people a run as a tree: the steps in the order of the graph, and below each step its calls and what was said in them. */
export function traceTree(
  run: RunView,
  { steps, open }: StepsView,
  bodies: ReadonlyMap<string, ExchangeBodies>,
  canvas: Canvas,
): string {
  const { style } = canvas
  const lines = [
    `${style.bold(`run ${run.id}`)}  ${status(run.status, style)}`,
    style.dim(
      `item ${safe(run.itemId)} · effort ${run.effort} · ${runDuration(run)}${run.attempt > 1 ? ` · attempt ${run.attempt}` : ''}`,
    ),
    ...forkLines(run, style),
    ...(run.error === null ? [] : [style.bad(`✗ ${safe(run.error)}`)]),
    '',
    ...steps.flatMap((step, n) => [
      stepLine(step, steps[n - 1]?.superstep !== step.superstep, style),
      ...outcomeLines(step, canvas),
      ...step.exchanges.flatMap((exchange) => exchangeLines(exchange, bodies.get(exchange.name), canvas)),
      ...unmendedLines(step, steps, bodies, canvas),
    ]),
    ...(open.length === 0 ? [] : [style.warn('     calls of steps that did not end')]),
    ...open.flatMap((exchange) => exchangeLines(exchange, bodies.get(exchange.name), canvas)),
  ]
  return `${lines.join('\n')}\n`
}

function forkLines(run: RunView, style: Style): string[] {
  const fork = forkOf(run)
  if (fork === null) return []
  const live = fork.at === null ? 'models live' : `live at ${fork.at}`
  return [style.dim(`fork of ${fork.parent}, ${live} · nothing of it is published`)]
}

function status(name: RunView['status'], style: Style): string {
  if (name === 'complete' || name === 'unchanged') return style.good(name)
  return name === 'failed' || name === 'cancelled' ? style.bad(name) : style.warn(name)
}

function runDuration({ startedAt, finishedAt }: RunView): string {
  if (startedAt === null) return 'not started'
  if (finishedAt === null) return 'not ended'
  return duration(Date.parse(finishedAt) - Date.parse(startedAt))
}

function stepLine({ superstep, node, visit, ms, error, exchanges }: StepView, first: boolean, style: Style): string {
  const number = first ? String(superstep).padStart(3) : '   '
  const round = visit === 0 ? '' : ` round ${visit}`
  const tokens = exchanges.reduce(
    (sum, { cost }) => sum + (cost === null ? 0 : cost.inputTokens + cost.outputTokens),
    0,
  )
  const estimated = exchanges.some(({ cost }) => cost?.estimatedUsd !== undefined)
  const facts = [duration(ms), totalText(tokens, estimated)].filter(Boolean).join(' · ')
  const failure = error === null ? '' : `  ${style.bad(`✗ ${safe(error)}`)}`
  return `${style.dim(number)}  ${style.accent(padEnd(`${node}${round}`, 14))} ${style.dim(facts)}${failure}`
}

/** How an agent's conversation ended, if the step is an agent's. */
function outcomeLines({ node, update }: StepView, { style, columns }: Canvas): string[] {
  const outcome = stepOutcome(node, update)
  if (outcome === null) return []
  const { abstained, rejected } = outcome
  if (abstained !== null) return [`       ${style.warn(`abstained: ${truncate(safe(abstained), columns - 20)}`)}`]
  return rejected === 0 ? [] : [`       ${style.warn(`${rejected} rejected on the way`)}`]
}

/** Says that the last answer was rejected, if the agent abstained after it. */
function unmendedLines(
  { node, visit, update, exchanges }: StepView,
  steps: readonly StepView[],
  bodies: ReadonlyMap<string, ExchangeBodies>,
  { style }: Canvas,
): string[] {
  const outcome = stepOutcome(node, update)
  if (outcome === null || outcome.abstained === null || exchanges.at(-1)?.outcome !== 'ok') return []
  const earlier = steps.find((step) => step.node === node && step.visit === visit - 1)
  const before = earlier === undefined ? null : stepOutcome(node, earlier.update)
  const told = exchanges
    .flatMap(({ name }) => bodies.get(name) ?? [])
    .flatMap((exchange) => turnsBefore(exchange).filter(({ kind }) => kind === 'rejected'))
  if (!lastWasRejected(outcome, before, told.length)) return []
  return [`         ${style.bad('✗ rejected:')} no round was left to mend it`]
}

function exchangeLines(exchange: ExchangeView, bodies: ExchangeBodies | undefined, canvas: Canvas): string[] {
  const { style } = canvas
  const { name, ms, cost, outcome, retries } = exchange
  const short = name.split('.').slice(-2).join('.')
  const facts = [
    duration(ms),
    cost === null ? '' : tokensText(cost),
    cost?.usd ? `$${cost.usd.toFixed(5)}` : '',
    retries === 0 ? '' : `${retries} ${retries === 1 ? 'retry' : 'retries'}`,
  ]
  const bad = outcome === 'ok' ? '' : style.bad(` ${outcome}`)
  const before = bodies === undefined || exchange.kind !== 'chat' ? [] : turnsBefore(bodies)
  const after = bodies === undefined ? [] : turnsOf(bodies)
  return [
    ...before.map((turn) => turnLine(turn, canvas)),
    `       ${padEnd(short, 12)} ${style.dim(facts.filter(Boolean).join(' · '))}${bad}`,
    ...(exchange.kind === 'chat' || outcome !== 'ok' ? after.map((turn) => turnLine(turn, canvas)) : []),
  ]
}

function turnLine(turn: Turn, { style, columns, full }: Canvas): string {
  const room = Math.max(40, columns - 30)
  const shorten = (text: string) => (full ? safe(text) : truncate(safe(text), room))
  const at = '         '
  switch (turn.kind) {
    case 'called':
      return `${at}→ ${style.bold(turn.tool)} ${shorten(turn.args)}`
    case 'result':
      return `${at}← ${turn.tool} ${style.dim(shorten(turn.text))}`
    case 'said':
      return `${at}“${shorten(turn.text)}”`
    case 'cut-off':
      return `${at}${style.warn('cut off at the length limit')}`
    case 'rejected':
      return `${at}${style.bad('✗ rejected:')} ${shorten(turn.reason)}`
    case 'retried':
      return `${at}${style.warn(`↻ tried again after ${duration(turn.waitedMs)}:`)} ${shorten(turn.reason)}`
    case 'failed':
      return `${at}${style.bad('✗ failed:')} ${shorten(turn.reason)}`
  }
}
