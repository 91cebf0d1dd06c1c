/** One line of the result: a figure beside what it may be. */
export interface Row {
  what: string
  /** What it may be, in words; empty where the figure is for comparison only. */
  bar: string
  figure: string
  /** Null where there is no bar. */
  holds: boolean | null
  /** How the figure came about, for example the range of its runs. */
  note: string
}

const HEADINGS = ['measured', 'bar', 'figure', '', 'note']

/** The rows as a Markdown table with aligned columns. */
export function renderTable(rows: readonly Row[]): string {
  const cells = [
    HEADINGS,
    ...rows.map(({ what, bar, figure, holds, note }) => [
      what,
      bar,
      figure,
      holds === null ? '' : holds ? 'holds' : 'MISSED',
      note,
    ]),
  ]
  const widths = HEADINGS.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`
  const [head = [], ...body] = cells
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}
