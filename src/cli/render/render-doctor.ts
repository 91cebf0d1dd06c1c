import type { describeVariables } from '../../config.ts'
import type { Check } from '../../doctor/check.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { padEnd, paragraph } from './terminal-layout.ts'

type Look = Pick<Terminal, 'style' | 'columns'>

/** One check: a mark, its subject, the result, and what to do. */
export function checkText({ name, status, detail, hint }: Check, { style, columns }: Look): string {
  const mark = { ok: style.good('✓'), off: style.dim('–'), failed: style.bad('✗') }[status]
  const indent = ' '.repeat(20)
  const [first = '', ...rest] = paragraph(detail, { indent, columns })
  const lines = [`${mark} ${style.bold(padEnd(name, 17))} ${first.trimStart()}`, ...rest]
  const advice = hint === null ? [] : paragraph(hint, { indent: `${indent}  `, columns, first: `${indent}→ ` })
  return [...lines, ...advice.map((line) => (status === 'failed' ? style.warn(line) : style.dim(line)))].join('\n')
}

/** One variable with its default and its purpose. */
export function variableText(
  { name, about, fallback }: ReturnType<typeof describeVariables>[number],
  { style, columns }: Look,
): string {
  return [
    `${style.bold(name)}${fallback === null ? '' : style.dim(`  default ${fallback}`)}`,
    ...paragraph(about, { indent: '  ', columns }),
    '',
  ].join('\n')
}
