import type { ItemView, RunView } from '../service/service-answers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { costText, forkOf } from './run-words.ts'
import { duration, safe, table, truncate, width } from './terminal-layout.ts'

type Canvas = Pick<Terminal, 'style' | 'columns' | 'outIsTerminal'>

/** The length of a shortened run id: the time and some of the random part, which is enough to distinguish runs of one millisecond. */
const SHORT_RUN_ID = 18
const SHORT_ITEM_ID = 24
/** The least room for an item's id beside the other columns of a run. If there is less, the other columns are shortened. */
const LEAST_ITEM_CELLS = 20
const LEAST_CELLS = 8

/** Items, one on each line. A pipe gets everything. A terminal gets what fits on its lines. */
export function itemTable(found: readonly ItemView[], { columns, outIsTerminal }: Canvas): string {
  const ids = outIsTerminal ? shortened(found, SHORT_ITEM_ID) : found.map(({ id }) => id)
  const rows = found.map(({ kind, title, current }, n) => [
    safe(ids[n] ?? ''),
    kind.replaceAll('_', ' '),
    current === null ? 'nothing yet' : `v${current.version} ${current.status}`,
    safe(title),
  ])
  return fitTable(rows, { columns, outIsTerminal })
}

/** Runs, one on each line, shown as {@link itemTable} shows items. */
export function runTable(found: readonly RunView[], { style, columns, outIsTerminal }: Canvas): string {
  const rows = found.map((run) => [
    run.id,
    run.createdAt.slice(0, 19).replace('T', ' '),
    forkOf(run) === null ? run.status : `${run.status}, fork`,
    run.startedAt === null || run.finishedAt === null
      ? ''
      : duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt)),
    costText(run),
    safe(run.itemId),
  ])
  const narrow = (least: number) => outIsTerminal && columns - cellsTaken(rows) < least
  let statusAt = 2
  if (narrow(LEAST_ITEM_CELLS)) {
    const ids = shortened(found, SHORT_RUN_ID)
    // The time from the month to the minute.
    for (const [n, row] of rows.entries()) row.splice(0, 2, ids[n] ?? '', row[1]?.slice(5, 16) ?? '')
  }
  if (narrow(LEAST_CELLS)) {
    for (const row of rows) row.splice(1, 1)
    statusAt = 1
  }
  return fitTable(rows, { columns, outIsTerminal }, (cell, column) => {
    if (column !== statusAt) return cell
    if (/^(failed|cancelled)/.test(cell)) return style.bad(cell)
    return /^(complete|unchanged)/.test(cell) ? style.good(cell) : style.warn(cell)
  })
}

/** The beginnings of ids. They are longer than `least` if the ids in the list cannot be distinguished otherwise. */
function shortened(found: readonly { id: string }[], least: number): string[] {
  const all = [...new Set(found.map(({ id }) => id))]
  return found.map(({ id }) => {
    let length = least
    while (length < id.length && all.some((other) => other !== id && other.startsWith(id.slice(0, length)))) length++
    return id.slice(0, length)
  })
}

/** A table whose last column is cut to the room that a terminal's line leaves for it. */
function fitTable(
  rows: readonly (readonly string[])[],
  { columns, outIsTerminal }: Omit<Canvas, 'style'>,
  paint?: (cell: string, column: number) => string,
): string {
  const room = Math.max(LEAST_CELLS, columns - cellsTaken(rows))
  const cut = (row: readonly string[]) => row.map((cell, at) => (at === row.length - 1 ? truncate(cell, room) : cell))
  return table(outIsTerminal ? rows.map(cut) : rows, paint)
}

/** The cells of all columns but the last, with the space between them. */
function cellsTaken(rows: readonly (readonly string[])[]): number {
  const widths: number[] = []
  for (const row of rows) row.slice(0, -1).forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, width(cell))))
  return widths.reduce((sum, cells) => sum + cells + 2, 0)
}
