import type { DifferenceView, DiffView, StepDifferenceView } from '../service/trace-answers.ts'
import { safe, truncate } from './terminal-layout.ts'
import type { Style } from './terminal-style.ts'

interface Canvas {
  style: Style
  columns: number
  /** Shows all differences completely. */
  full: boolean
}

const MAX_DIFFERENCES = 8
const STEP_OUTCOMES: Readonly<Record<string, string>> = {
  differs: 'left something else',
  asked: 'left the same, after other calls',
  provenance: 'left the same, made with another prompt, model or version',
  'only-a': 'in the first run only',
  'only-b': 'in the second run only',
  answered: 'was answered otherwise',
}
const CALL_OUTCOMES: Readonly<Record<string, string>> = { ...STEP_OUTCOMES, asked: 'asked something else' }

/** Shows people how two runs differ: the first step that differs, the other steps, then the labels. */
export function diffText({ a, b, first, steps, same, labels }: DiffView, canvas: Canvas): string {
  const { style } = canvas
  const lines = [
    `${style.bold(`${a} → ${b}`)}`,
    ...(first === null
      ? [style.good(`every step left the same (${same} steps)`)]
      : [
          '',
          `${style.warn('first difference:')} ${style.bold(first.step)} ${STEP_OUTCOMES[first.how] ?? first.how}`,
          ...stepLines(first, canvas),
        ]),
    ...(steps.length < 2 ? [] : ['', style.dim(`then (${same} steps are the same)`)]),
    ...steps.slice(1).map(({ step, how, differences }) => {
      const places =
        differences.length === 0
          ? ''
          : style.dim(
              ` ${differences
                .slice(0, 3)
                .map(({ pointer }) => pointer)
                .join(' ')}`,
            )
      return `  ${step} ${STEP_OUTCOMES[how] ?? how}${places}`
    }),
    '',
    ...labelLines(labels, canvas),
  ]
  return `${lines.join('\n')}\n`
}

function stepLines({ differences, calls }: StepDifferenceView, canvas: Canvas): string[] {
  return [
    ...differenceLines(differences, '  ', canvas),
    ...calls.flatMap((call) => [
      `  ${call.exchange} ${CALL_OUTCOMES[call.how] ?? call.how}`,
      ...differenceLines(call.differences, '    ', canvas),
    ]),
  ]
}

function differenceLines(differences: readonly DifferenceView[], indent: string, canvas: Canvas): string[] {
  const { style, full } = canvas
  const shown = full ? differences : differences.slice(0, MAX_DIFFERENCES)
  const lines = shown.flatMap(({ pointer, was, is }) => [
    `${indent}${style.bold(pointer || '/')}`,
    ...(was === undefined ? [] : [`${indent}  ${style.bad('-')} ${value(was, canvas)}`]),
    ...(is === undefined ? [] : [`${indent}  ${style.good('+')} ${value(is, canvas)}`]),
  ])
  const rest = differences.length - shown.length
  return rest === 0 ? lines : [...lines, style.dim(`${indent}and ${rest} more; --full shows them`)]
}

function labelLines(labels: DiffView['labels'], canvas: Canvas): string[] {
  const { style } = canvas
  if (labels === null) return [style.dim('one of the two published nothing: there are no labels to compare')]
  if (labels.length === 0) return [style.good('both have the same labels')]
  return labels.flatMap(({ facet, name, how, differences }) => {
    const sign = how === 'added' ? style.good('+') : how === 'removed' ? style.bad('-') : style.warn('~')
    return [`${sign} ${style.dim(facet)} ${safe(name)}`, ...differenceLines(differences, '    ', canvas)]
  })
}

function value(json: unknown, { columns, full }: Canvas): string {
  const text = safe(typeof json === 'string' ? json : (JSON.stringify(json) ?? ''))
  return full ? text : truncate(text, Math.max(40, columns - 10))
}
