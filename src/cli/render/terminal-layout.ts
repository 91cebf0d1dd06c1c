/** `0:07:31`, or `7:31` below an hour; `–` where the time is not known. */
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

// Controls that reorder what is shown: a quote could read otherwise than it is.
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** What came from content or a model, fit for a terminal: one line, without control characters that would steer it. */
export function safe(text: string): string {
  return text
    .replace(BIDI, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

// Of the scripts whose characters take two cells, as far as transcripts have them.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Cells that a plain text takes in a terminal. */
export function width(text: string): number {
  let cells = 0
  for (const char of text) cells += /\p{M}/u.test(char) ? 0 : WIDE.test(char) ? 2 : 1
  return cells
}

export function padEnd(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - width(text)))
}

/** At most `cells` wide, with `…` where something was left out. */
export function truncate(text: string, cells: number): string {
  return width(text) <= cells ? text : `${beginning(text, cells - 1).trimEnd()}…`
}

/** As many whole characters as fit into `cells`. */
function beginning(text: string, cells: number): string {
  let out = ''
  let used = 0
  for (const char of text) {
    used += width(char)
    if (used > cells) break
    out += char
  }
  return out
}

/** Lines of at most `cells` (2 at least), broken between words, and inside words longer than a line. */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = []
  let line = ''
  for (let word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) <= cells) {
      line += ` ${word}`
      continue
    }
    if (line !== '') lines.push(line)
    while (width(word) > cells) {
      const head = beginning(word, cells)
      lines.push(head)
      word = word.slice(head.length)
    }
    line = word
  }
  if (line !== '') lines.push(line)
  return lines
}

/** A wrapped paragraph behind an indent. */
export function paragraph(text: string, options: { indent: string; columns: number; first?: string }): string[] {
  const { indent, columns, first = indent } = options
  return wrap(text, Math.max(20, columns - width(indent))).map((line, n) => `${n === 0 ? first : indent}${line}`)
}

/** Columns padded to their widest cell, two spaces apart. Cells are plain text; `paint` styles a padded cell. */
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
