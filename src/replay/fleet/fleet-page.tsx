import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { classTitle } from '../replay-report.ts'
import type { FleetReport } from './fleet-report.ts'
import { FLEET_STYLE } from './fleet-style.ts'
import { type BarRow, SvgBars } from './svg-bars.tsx'

const MOST_BARS = 25
const MOST_ROWS = 200

/** The report of a fleet as one self-contained page: no script, no address, light and dark. */
export async function fleetPage(report: FleetReport): Promise<string> {
  return `<!doctype html>\n${await (<Fleet report={report} />)}\n`
}

function Fleet({ report }: { report: FleetReport }) {
  const { recordings, took, createdAt, differing, broken, more } = report
  const title = `Fleet replay of ${recordings} recordings`
  const processes = `${took.workers} ${took.workers === 1 ? 'process' : 'processes'}`
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{title}</title>
        <style>{raw(FLEET_STYLE)}</style>
      </head>
      <body>
        <h1>{title}</h1>
        <p class="quiet">{`${createdAt}, ${seconds(took.ms)} on ${processes}, ${took.perSecond.toFixed(1)} a second`}</p>
        <Tiles report={report} />
        <Section title="Outcome">
          <SvgBars title="Outcome" rows={[outcome(report)]} />
          <Legend />
        </Section>
        <Bars title="First divergences by class and node" name="First divergences" rows={firstRows(report)} />
        <Bars title="Recordings in which a class occurs" name="Classes" rows={classRows(report)} />
        <Bars title="Labels gained and lost" name="Labels gained and lost" rows={labelRows(report)}>
          <More count={more.labels} what="labels" />
        </Bars>
        <Bars title="Slowest nodes of today" name="Slowest nodes" rows={nodeRows(report)} />
        {differing.length > 0 && (
          <Section title="Recordings that differ">
            <Table
              head={['recording', 'item', 'first', 'class', 'labels']}
              rows={differing.slice(0, MOST_ROWS).map(differingRow)}
            />
            <More count={more.differing + Math.max(0, differing.length - MOST_ROWS)} what="recordings" />
          </Section>
        )}
        {broken.length > 0 && (
          <Section title="Could not be replayed">
            <Table head={['recording', 'why']} rows={broken.slice(0, MOST_ROWS).map(({ name, why }) => [name, why])} />
          </Section>
        )}
      </body>
    </html>
  )
}

function Section({ title, children }: { title: string; children: Child }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** A section with a chart. Nothing if there are no bars. `name` is the name of the chart for screen readers. */
function Bars({ title, name, rows, children }: { title: string; name: string; rows: BarRow[]; children?: Child }) {
  if (rows.length === 0) return null
  return (
    <Section title={title}>
      <SvgBars title={name} rows={rows} />
      {children}
    </Section>
  )
}

function Tiles({ report: { identical, allowed, diverged, broken, saved } }: { report: FleetReport }) {
  return (
    <div class="tiles">
      <Tile value={String(identical)} name="identical" look="good" />
      <Tile value={String(allowed)} name="differ as allowed" look="warn" />
      <Tile value={String(diverged)} name="diverged" look={diverged > 0 ? 'bad' : ''} />
      <Tile value={String(broken.length)} name="could not be replayed" look={broken.length > 0 ? 'bad' : ''} />
      <Tile value={saved.usd === null ? 'unknown' : `$${saved.usd.toFixed(2)}`} name="cost of asking again" />
      <Tile value={saved.tokens.toLocaleString('en')} name="tokens not asked for" />
      <Tile value={seconds(saved.ms)} name="time of the runs themselves" />
    </div>
  )
}

function Tile({ value, name, look = '' }: { value: string; name: string; look?: string }) {
  return (
    <div class={`tile ${look}`}>
      <b>{value}</b>
      <span>{name}</span>
    </div>
  )
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

function Legend() {
  const entries = [
    ['good', 'identical'],
    ['warn', 'as allowed'],
    ['bad', 'diverged'],
    ['dark', 'not replayed'],
  ] as const
  return (
    <p class="legend">
      {entries.map(([look, name]) => (
        <span>
          <i class={look}></i>
          {name}
        </span>
      ))}
    </p>
  )
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

type Differing = FleetReport['differing'][number]

const differingRow = ({ name, title, item, at, class: kind, allowed, gained, lost }: Differing): string[] => [
  name,
  title || item,
  at,
  `${classTitle(kind)}${allowed ? ' (allowed)' : ''}`,
  gained === null || lost === null ? 'not known' : `+${gained} −${lost}`,
]

function Table({ head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function More({ count, what }: { count: number; what: string }) {
  return count > 0 ? <p class="quiet">{`and ${count} more ${what}`}</p> : null
}

function seconds(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.round(ms / 60_000)
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
