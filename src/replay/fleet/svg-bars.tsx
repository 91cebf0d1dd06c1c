/** One row of a bar chart. Its parts are drawn one after another, each in the colour of its class. */
export interface BarRow {
  label: string
  parts: { value: number; className: string }[]
  /** Written after the bar. */
  note: string
}

const WIDTH = 720
const ROW = 24
const BAR = 14
const LABELS = 210
const NOTES = 165

/** Horizontal bars as an SVG. The colours come from the page's style, and the widths share one scale. Nothing if there are no rows. */
export function SvgBars({ title, rows }: { title: string; rows: readonly BarRow[] }) {
  if (rows.length === 0) return null
  const sums = rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0))
  const scale = (WIDTH - LABELS - NOTES) / Math.max(...sums, Number.MIN_VALUE)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${rows.length * ROW + 8}`} role="img" aria-label={title}>
      {rows.map((row, n) => (
        <Row row={row} y={n * ROW + 4} scale={scale} />
      ))}
    </svg>
  )
}

function Row({ row: { label, parts, note }, y, scale }: { row: BarRow; y: number; scale: number }) {
  let end = LABELS
  const bars = parts.map(({ value, className }) => {
    const x = end
    end += value * scale
    return { x: round(x), width: round(Math.max(value > 0 ? 1 : 0, value * scale)), className }
  })
  return (
    <g>
      <title>{`${label}: ${note}`}</title>
      <text class="label" x={LABELS - 8} y={y + 14} text-anchor="end">
        {label.length > 30 ? `${label.slice(0, 29)}…` : label}
      </text>
      {bars.map(({ x, width, className }) => (
        <rect class={className} x={x} y={y + 3} width={width} height={BAR} rx="2" />
      ))}
      <text class="note" x={round(end + 6)} y={y + 14} text-anchor="start">
        {note}
      </text>
    </g>
  )
}

const round = (value: number): number => Math.round(value * 10) / 10
