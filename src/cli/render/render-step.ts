import type { StepDetailView } from '../service/trace-answers.ts'
import { tokensText } from './run-words.ts'
import { duration, safe, truncate } from './terminal-layout.ts'
import type { Style } from './terminal-style.ts'

interface Canvas {
  style: Style
  columns: number
  full: boolean
}

/** Shows people one step: its changes of state, its conversation, and its findings. */
export function stepText(step: StepDetailView, canvas: Canvas): string {
  const { style } = canvas
  const { name, superstep, ms, error, cost, rounds, findings, exchanges } = step
  const facts = [
    superstep === null ? 'has not ended' : `superstep ${superstep}`,
    ms === null ? '' : duration(ms),
    tokensText(cost),
    cost.usd ? `$${cost.usd.toFixed(5)}` : '',
  ]
  const others = exchanges.filter(({ kind }) => kind !== 'chat')
  const lines = [
    `${style.bold(name)}  ${style.dim(facts.filter(Boolean).join(' · '))}`,
    ...(error === null ? [] : [style.bad(`✗ ${safe(error)}`)]),
    ...section('state', stateLines(step, canvas), style),
    ...section(
      'conversation',
      rounds.flatMap((round) => roundLines(round, canvas)),
      style,
    ),
    ...section(
      'other calls',
      others.map((call) =>
        `  ${call.name} ${style.dim(duration(call.ms))} ${call.outcome === 'ok' ? '' : style.bad(call.outcome)}`.trimEnd(),
      ),
      style,
    ),
    ...section(
      'findings',
      findings.map(({ by, agent, severity, message }) => `  ${by} on ${agent} (${severity}): ${safe(message)}`),
      style,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : ['', style.accent(title), ...lines]
}

function stateLines({ state }: StepDetailView, canvas: Canvas): string[] {
  if (state === null) return []
  if (state.patch.length === 0) return ['  nothing changed']
  return state.patch.map((change) =>
    `  ${change.op} ${canvas.style.bold(change.path)} ${change.op === 'remove' ? '' : short(change.value, canvas)}`.trimEnd(),
  )
}

function roundLines(round: StepDetailView['rounds'][number], canvas: Canvas): string[] {
  const { style } = canvas
  return [
    `  ${style.bold(round.exchange)} ${style.dim(safe(round.model ?? ''))}`,
    ...round.retries.map(
      ({ reason, waitedMs }) =>
        `    ${style.warn(`↻ tried again after ${duration(waitedMs)}:`)} ${short(reason, canvas)}`,
    ),
    ...(round.said === null ? [] : [`    “${short(round.said, canvas)}”`]),
    ...round.calls.flatMap(({ tool, arguments: given, result, rejected }) => [
      `    → ${style.bold(tool)} ${short(given, canvas)}`,
      ...(rejected !== null
        ? [`    ${style.bad('✗ rejected:')} ${short(rejected, canvas)}`]
        : result === null || result === undefined
          ? []
          : [`    ← ${style.dim(short(result, canvas))}`]),
    ]),
    ...(round.cutOff ? [`    ${style.warn('cut off at the length limit')}`] : []),
    ...(round.rejected === null ? [] : [`    ${style.bad('✗ rejected:')} ${short(round.rejected, canvas)}`]),
    ...(round.failed === null ? [] : [`    ${style.bad('✗ failed:')} ${short(round.failed, canvas)}`]),
  ]
}

function short(value: unknown, { columns, full }: Canvas): string {
  const text = safe(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
  return full ? text : truncate(text, Math.max(40, columns - 30))
}
