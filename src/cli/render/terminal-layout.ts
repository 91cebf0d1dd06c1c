import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** `0:07:31`, or `7:31` below an hour, or `–` if the time is not known. */
export function clock(ms: number | null): string {
  if (ms === null) return '–'
  const seconds = Math.floor(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** `340 ms`, `2.9 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** A bar of `width` cells for a value from 0 to 1, in eighths of a cell. */
export function bar(value: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, value)) * width * 8)
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? ''
  return `${'█'.repeat(Math.floor(eighths / 8))}${rest}`.padEnd(width, '·')
}

// Controls that reorder what is shown. With them, a quote could be read differently from its text.
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** A text from content or a model, made safe for a terminal: one line, without control characters. */
export function safe(text: string): string {
  return text
    .replace(BIDI, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

/** The cells that a text takes in a terminal. Styles take none. */
export function width(text: string): number {
  return stringWidth(text)
}

export function padEnd(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - width(text)))
}

/** A plain text of at most `cells` cells. It ends with `…` if something was left out. */
export function truncate(text: string, cells: number): string {
  if (beginning(text, cells) === text) return text
  return `${beginning(text, cells - 1).trimEnd()}…`
}

const graphemes = new Intl.Segmenter()

/** As many whole characters, as people see them, as fit into `cells`. The rest of a long text is not read. */
function beginning(text: string, cells: number): string {
  let used = 0
  for (const { segment, index } of graphemes.segment(text)) {
    used += width(segment)
    if (used > cells) return text.slice(0, index)
  }
  return text
}

/**
 * Breaks a text into lines of at most `cells` cells (at least 2), between words, and inside words that are longer than a line. Styles
 * continue after a break.
 */
export function wrap(text: string, cells: number): string[] {
  return wrapAnsi(text, cells, { hard: true })
    .split('\n')
    .filter((line) => line !== '')
}

/** A wrapped paragraph with an indent. */
export function paragraph(text: string, options: { indent: string; columns: number; first?: string }): string[] {
  const { indent, columns, first = indent } = options
  return wrap(text, Math.max(20, columns - width(indent))).map((line, n) => `${n === 0 ? first : indent}${line}`)
}

/** Pads columns to their widest cell and puts two spaces between them. Cells are plain text. `paint` styles a padded cell. */
export function table(
  rows: readonly (readonly string[])[],
  paint: (cell: string, column: number, row: number) => string = (cell) => cell,
): string {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, width(cell))))
  return rows
    .map((row, n) =>
      row
        .map((cell, at) => paint(at === row.length - 1 ? cell : padEnd(cell, widths[at] ?? 0), at, n))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}
