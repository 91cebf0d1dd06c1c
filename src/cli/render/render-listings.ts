import type { ItemView, RunView } from '../service/service-answers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { costText, forkOf } from './run-words.ts'
import { duration, safe, table, truncate } from './terminal-layout.ts'

/** Items, a line each. */
export function itemTable(found: readonly ItemView[], _: Terminal): string {
  return table(
    found.map(({ id, kind, title, current }) => [
      truncate(safe(id), 48),
      kind.replaceAll('_', ' '),
      current === null ? 'nothing yet' : `v${current.version} ${current.status}`,
      truncate(safe(title), 60),
    ]),
  )
}

/** Runs, a line each. */
export function runTable(found: readonly RunView[], { style, columns }: Terminal): string {
  const rows = found.map((run) => [
    run.id,
    run.createdAt.slice(0, 19).replace('T', ' '),
    forkOf(run) === null ? run.status : `${run.status}, fork`,
    run.startedAt === null || run.finishedAt === null
      ? ''
      : duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt)),
    costText(run),
    truncate(safe(run.itemId), Math.max(20, columns - 94)),
  ])
  return table(rows, (cell, column) => {
    if (column !== 2) return cell
    if (/^(failed|cancelled)/.test(cell)) return style.bad(cell)
    return /^(complete|unchanged)/.test(cell) ? style.good(cell) : style.warn(cell)
  })
}
