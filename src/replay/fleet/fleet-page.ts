import { classTitle } from '../replay-report.ts'
import type { FleetReport } from './fleet-report.ts'
import { FLEET_STYLE } from './fleet-style.ts'
import { escapeMarkup } from './markup.ts'
import { type BarRow, svgBars } from './svg-bars.ts'

const MOST_BARS = 25
const MOST_ROWS = 200

/** The report of a fleet as one page that needs nothing else: no script, no address, light and dark. */
export function fleetPage(report: FleetReport): string {
  const { recordings, took, createdAt } = report
  const title = `Fleet replay of ${recordings} recordings`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${FLEET_STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p class="quiet">${escapeMarkup(createdAt)}, ${seconds(took.ms)} on ${took.workers} ${took.workers === 1 ? 'process' : 'processes'}, ${took.perSecond.toFixed(1)} a second</p>
${tiles(report)}
${section('Outcome', svgBars('Outcome', [outcome(report)]) + legend())}
${section('First divergences by class and node', svgBars('First divergences', firstRows(report)))}
${section('Recordings in which a class occurs', svgBars('Classes', classRows(report)))}
${section('Labels gained and lost', svgBars('Labels gained and lost', labelRows(report)) + more(report.more.labels, 'labels'))}
${section('Slowest nodes of today', svgBars('Slowest nodes', nodeRows(report)))}
${section('Recordings that differ', differing(report) + more(report.more.differing, 'recordings'))}
${section('Could not be replayed', broken(report))}
</body>
</html>
`
}

function section(title: string, content: string): string {
  return content === '' ? '' : `<section><h2>${title}</h2>${content}</section>`
}

function tiles({ identical, allowed, diverged, broken, saved }: FleetReport): string {
  const tile = (value: string, name: string, className = '') =>
    `<div class="tile ${className}"><b>${escapeMarkup(value)}</b><span>${name}</span></div>`
  return `<div class="tiles">${[
    tile(String(identical), 'identical', 'good'),
    tile(String(allowed), 'differ as allowed', 'warn'),
    tile(String(diverged), 'diverged', diverged > 0 ? 'bad' : ''),
    tile(String(broken.length), 'could not be replayed', broken.length > 0 ? 'bad' : ''),
    tile(saved.usd === null ? 'unknown' : `$${saved.usd.toFixed(2)}`, 'cost of asking again'),
    tile(saved.tokens.toLocaleString('en'), 'tokens not asked for'),
    tile(seconds(saved.ms), 'time of the runs themselves'),
  ].join('')}</div>`
}

function outcome({ identical, allowed, diverged, broken, recordings }: FleetReport): BarRow {
  return {
    label: 'recordings',
    parts: [
      { value: identical, className: 'good' },
      { value: allowed, className: 'warn' },
      { value: diverged, className: 'bad' },
      { value: broken.length, className: 'dark' },
    ],
    note: String(recordings),
  }
}

function legend(): string {
  const entry = (className: string, name: string) => `<span><i class="${className}"></i>${name}</span>`
  return `<p class="legend">${[
    entry('good', 'identical'),
    entry('warn', 'as allowed'),
    entry('bad', 'diverged'),
    entry('dark', 'not replayed'),
  ].join(' ')}</p>`
}

function firstRows({ first }: FleetReport): BarRow[] {
  return first.slice(0, MOST_BARS).map((entry) => ({
    label: `${entry.node ?? 'understanding'}: ${classTitle(entry.class)}`,
    parts: [{ value: entry.recordings, className: 'bad' }],
    note: String(entry.recordings),
  }))
}

function classRows({ classes }: FleetReport): BarRow[] {
  return classes.map(({ class: name, recordings }) => ({
    label: classTitle(name),
    parts: [{ value: recordings, className: 'bad' }],
    note: String(recordings),
  }))
}

function labelRows({ labels }: FleetReport): BarRow[] {
  return labels.slice(0, MOST_BARS).map(({ facet, name, gained, lost }) => ({
    label: `${facet}: ${name}`,
    parts: [
      { value: gained, className: 'good' },
      { value: lost, className: 'bad' },
    ],
    note: `+${gained} −${lost}`,
  }))
}

function nodeRows({ nodes }: FleetReport): BarRow[] {
  return nodes.slice(0, MOST_BARS).map(({ node, totalMs, medianMs, p95Ms }) => ({
    label: node,
    parts: [{ value: totalMs, className: 'plain' }],
    note: `${medianMs.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)}`,
  }))
}

function differing({ differing: all }: FleetReport): string {
  return table(
    ['recording', 'item', 'first', 'class', 'labels'],
    all
      .slice(0, MOST_ROWS)
      .map(({ name, title, item, at, class: kind, allowed, gained, lost }) => [
        name,
        title || item,
        at,
        `${classTitle(kind)}${allowed ? ' (allowed)' : ''}`,
        gained === null || lost === null ? 'not known' : `+${gained} −${lost}`,
      ]),
  ).concat(more(Math.max(0, all.length - MOST_ROWS), 'recordings'))
}

function broken({ broken: all }: FleetReport): string {
  return table(
    ['recording', 'why'],
    all.slice(0, MOST_ROWS).map(({ name, why }) => [name, why]),
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const cells = (row: readonly string[], tag: string) =>
    row.map((cell) => `<${tag}>${escapeMarkup(cell)}</${tag}>`).join('')
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n')
  return `<div class="scroll"><table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${body}</tbody></table></div>`
}

function more(count: number, what: string): string {
  return count > 0 ? `<p class="quiet">and ${count} more ${what}</p>` : ''
}

function seconds(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.round(ms / 60_000)
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
