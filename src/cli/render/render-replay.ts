import { lineDiff } from '../../content/line-diff.ts'
import { classTitle, type DifferentTexts, type Divergence, type ReplayReport } from '../../replay/replay-report.ts'
import { duration, safe, truncate } from './terminal-layout.ts'
import type { Style } from './terminal-style.ts'

interface Look {
  style: Style
  columns: number
}

const MOST_DIFFERENCES = 6
const MOST_LINES = 24
const CONTEXT_LINES = 1
const MOST_LABELS = 12

/**
 * Shows people the result of one replay: the first divergence completely, then the others in one line each, then the effect on the labels.
 */
export function replayText(report: ReplayReport, look: Look): string {
  const { style } = look
  const { title, run, divergences, stale, configuration } = report
  const counted = divergences.filter(({ allowed }) => !allowed)
  const first = counted[0] ?? divergences[0]
  const rest = divergences.filter((each) => each !== first)
  const lines = [`${style.bold(safe(title) || report.item)} ${style.dim(`run ${run}`)}`, `  ${verdict(report, look)}`]
  if (first !== undefined) lines.push(...divergenceLines(first, look))
  for (const each of rest) lines.push(`  ${style.dim('then')} ${headline(each, look)}${pointersOf(each, look)}`)
  for (const { pointer, was, is } of configuration.slice(0, MOST_DIFFERENCES))
    lines.push(style.dim(`  configuration ${pointer}: ${shortValue(was)} -> ${shortValue(is)}`))
  if (stale.length > 0) lines.push(style.dim(`  would run again today: ${stale.join(', ')}`))
  lines.push(...labelLines(report, look))
  return `${lines.join('\n')}\n`
}

function verdict({ identical, divergences, stopped, served, ms }: ReplayReport, { style }: Look): string {
  const servedText = style.dim(`${served} answers served, ${duration(ms)}`)
  if (divergences.length === 0) return `${style.good('identical')} ${servedText}`
  const end = stopped ? ', and the replay ended there' : ''
  if (identical) return `${style.warn(`differs only as allowed${end}`)} ${servedText}`
  return `${style.bad(`diverged in ${divergences.length} ${divergences.length === 1 ? 'place' : 'places'}${end}`)} ${servedText}`
}

/** The place and the class of a divergence. */
export function headline(divergence: Divergence, { style }: Pick<Look, 'style'>): string {
  const { node, visit, exchange, allowed } = divergence
  const at = exchange ?? (node === null ? 'the understanding' : `${node}.${visit}`)
  return `${style.accent(at)}: ${classTitle(divergence.class)}${allowed ? style.dim(' (allowed)') : ''}`
}

function divergenceLines(divergence: Divergence, look: Look): string[] {
  const { style } = look
  const { differences, more, texts, nearMiss } = divergence
  const others = differences.filter(({ pointer }) => pointer !== texts?.pointer)
  const left = Math.max(0, others.length - MOST_DIFFERENCES) + more
  return [
    `  ${style.bold('first')} ${headline(divergence, look)}`,
    ...(nearMiss === null || nearMiss === divergence.exchange ? [] : [`    compared with ${nearMiss}`]),
    ...(texts === null ? [] : textLines(texts, look)),
    ...others
      .slice(0, MOST_DIFFERENCES)
      .flatMap(({ pointer, was, is }) => [
        `    ${pointer || '/'}`,
        ...(was === undefined ? [] : [style.bad(`    - ${truncate(shortValue(was), look.columns - 6)}`)]),
        ...(is === undefined ? [] : [style.good(`    + ${truncate(shortValue(is), look.columns - 6)}`)]),
      ]),
    ...(left > 0 ? [style.dim(`    and ${left} more`)] : []),
  ]
}

/** The lines that differ, with a line of context. Long lines are shown from where they begin to differ. */
function textLines({ pointer, was, is }: DifferentTexts, { style, columns }: Look): string[] {
  const all = lineDiff(was, is)
  const near = all.map((_, at) =>
    all.slice(Math.max(0, at - CONTEXT_LINES), at + CONTEXT_LINES + 1).some(({ side }) => side !== 'both'),
  )
  const shownLines = all.filter((_, at) => near[at])
  const lines = shownLines.slice(0, MOST_LINES).map(({ side, text }, at) => {
    const other =
      side === 'was'
        ? shownLines.slice(at).find((line) => line.side === 'is')
        : shownLines.slice(0, at).findLast((line) => line.side === 'was')
    const cut = truncate(
      safe(fromDifference(text, side === 'both' ? undefined : other?.text, columns - 8)),
      columns - 6,
    )
    if (side === 'both') return style.dim(`      ${cut}`)
    return side === 'was' ? style.bad(`    - ${cut}`) : style.good(`    + ${cut}`)
  })
  const left = shownLines.length - lines.length
  return [`    ${pointer || '/'}`, ...lines, ...(left > 0 ? [style.dim(`      and ${left} more lines`)] : [])]
}

function fromDifference(text: string, other: string | undefined, room: number): string {
  if (other === undefined || text.length <= room) return text
  let same = 0
  while (same < text.length && text[same] === other[same]) same++
  const from = Math.max(0, Math.min(same - Math.floor(room / 3), text.length - room))
  return `${from > 0 ? '…' : ''}${text.slice(from)}`
}

function pointersOf({ differences, more }: Divergence, { style }: Look): string {
  const pointers = differences.map(({ pointer }) => pointer).filter((pointer) => pointer !== '')
  if (pointers.length === 0) return ''
  const left = pointers.length - 3 + more
  return style.dim(` ${pointers.slice(0, 3).join(' ')}${left > 0 ? ` and ${left} more` : ''}`)
}

function labelLines({ labels }: ReplayReport, { style }: Look): string[] {
  if (labels === null) return []
  const list = (sign: string, all: typeof labels.gained) => [
    ...all.slice(0, MOST_LABELS).map(({ facet, name }) => `${sign} ${facet}: ${safe(name)}`),
    ...(all.length > MOST_LABELS ? [`${sign} and ${all.length - MOST_LABELS} more`] : []),
  ]
  return [
    ...list('-', labels.lost).map((text) => `  ${style.bad(text)}`),
    ...list('+', labels.gained).map((text) => `  ${style.good(text)}`),
  ]
}

function shortValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  return safe(typeof value === 'string' ? value : JSON.stringify(value))
}
