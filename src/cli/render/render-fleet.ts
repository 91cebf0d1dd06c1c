import type { FleetReport } from '../../replay/fleet/fleet-report.ts'
import { classTitle } from '../../replay/replay-report.ts'
import { bar, duration, safe, table, truncate } from './terminal-layout.ts'
import type { Style } from './terminal-style.ts'

const MOST_ROWS = 12
const BAR_CELLS = 24

/** Shows people the result of a fleet of replays. */
export function fleetText(report: FleetReport, { style, columns }: { style: Style; columns: number }): string {
  const { recordings, identical, allowed, diverged, broken, saved, took } = report
  const parts = [
    style.good(`${identical} identical`),
    ...(allowed > 0 ? [style.warn(`${allowed} as allowed`)] : []),
    ...(diverged > 0 ? [style.bad(`${diverged} diverged`)] : []),
    ...(broken.length > 0 ? [style.bad(`${broken.length} could not be replayed`)] : []),
  ]
  const usd = saved.usd === null ? '' : `$${saved.usd.toFixed(2)}, `
  const lines = [
    `${style.bold(`${recordings} recordings`)}: ${parts.join(', ')}`,
    style.dim(
      `${duration(took.ms)} on ${took.workers}, ${took.perSecond.toFixed(1)} a second; saved ${usd}${saved.tokens.toLocaleString('en')} tokens, ${duration(saved.ms)}`,
    ),
  ]
  const heading = (text: string) => lines.push('', style.bold(text))
  if (report.first.length > 0) {
    heading('First divergences')
    const rows = report.first
      .slice(0, MOST_ROWS)
      .map(({ node, class: name, recordings: count, examples }) => [
        bar(count / recordings, BAR_CELLS),
        String(count),
        node ?? 'understanding',
        classTitle(name),
        truncate(examples.map(safe).join(', '), Math.max(20, columns - 80)),
      ])
    lines.push(table(rows, (cell, column) => (column === 0 || column === 4 ? style.dim(cell) : cell)).trimEnd())
  }
  if (report.labels.length > 0) {
    heading('Labels')
    const rows = report.labels
      .slice(0, MOST_ROWS)
      .map(({ facet, name, gained, lost }) => [`+${gained}`, `-${lost}`, facet, truncate(safe(name), columns - 30)])
    lines.push(table(rows, paintSides(style)).trimEnd())
  }
  if (report.nodes.length > 0) {
    heading('Slowest nodes')
    const rows = report.nodes
      .slice(0, 5)
      .map(({ node, steps, medianMs, p95Ms }) => [
        node,
        `${steps} steps`,
        `median ${duration(medianMs)}`,
        `p95 ${duration(p95Ms)}`,
      ])
    lines.push(table(rows).trimEnd())
  }
  if (broken.length > 0) {
    heading('Could not be replayed')
    for (const { name, why } of broken.slice(0, MOST_ROWS)) lines.push(`${safe(name)}: ${safe(why)}`)
    if (broken.length > MOST_ROWS) lines.push(style.dim(`and ${broken.length - MOST_ROWS} more`))
  }
  return `${lines.join('\n')}\n`
}

function paintSides(style: Style): (cell: string, column: number) => string {
  return (cell, column) => (column === 0 ? style.good(cell) : column === 1 ? style.bad(cell) : cell)
}
