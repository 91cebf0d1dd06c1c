import { escapeMarkup } from './markup.ts'

/** One row of a bar chart: parts are drawn one after another, each in the colour of its class. */
export interface BarRow {
  label: string
  parts: { value: number; className: string }[]
  /** Written behind the bar. */
  note: string
}

const WIDTH = 720
const ROW = 24
const BAR = 14
const LABELS = 210
const NOTES = 165

/** Horizontal bars as an SVG whose colours come from the page's style; widths share one scale. Empty where there are no rows. */
export function svgBars(title: string, rows: readonly BarRow[]): string {
  if (rows.length === 0) return ''
  const sums = rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0))
  const scale = (WIDTH - LABELS - NOTES) / Math.max(...sums, Number.MIN_VALUE)
  const height = rows.length * ROW + 8
  const drawn = rows.map((row, n) => drawRow(row, n * ROW + 4, scale))
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeMarkup(title)}">${drawn.join('')}</svg>`
}

function drawRow({ label, parts, note }: BarRow, y: number, scale: number): string {
  let x = LABELS
  const bars = parts.map(({ value, className }) => {
    const width = value * scale
    const bar = `<rect class="${escapeMarkup(className)}" x="${round(x)}" y="${y + 3}" width="${round(Math.max(value > 0 ? 1 : 0, width))}" height="${BAR}" rx="2"/>`
    x += width
    return bar
  })
  const text = (at: number, className: string, anchor: string, words: string) =>
    `<text class="${className}" x="${round(at)}" y="${y + 14}" text-anchor="${anchor}">${escapeMarkup(words)}</text>`
  const short = label.length > 30 ? `${label.slice(0, 29)}…` : label
  return `<g><title>${escapeMarkup(`${label}: ${note}`)}</title>${text(LABELS - 8, 'label', 'end', short)}${bars.join('')}${text(x + 6, 'note', 'start', note)}</g>`
}

const round = (value: number): number => Math.round(value * 10) / 10
