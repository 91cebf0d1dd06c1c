import { runsFilter } from '../input/runs-filter.ts'
import { costText } from '../render/render-cost.ts'
import { duration, safe, table, truncate } from '../render/terminal-layout.ts'
import { forkOf } from '../service/fork-origin.ts'
import { runNamed } from '../service/last-run.ts'
import type { RunView } from '../service/service-answers.ts'
import type { RunsFilter } from '../service/service-client.ts'
import { withClient } from '../service/with-client.ts'
import { EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

interface Common {
  json?: boolean | undefined
  debug?: boolean | undefined
}

export interface RunsOptions extends Common, RunsFilter {
  limit: number
}

/** `runs`: newest first. */
export function runs(options: RunsOptions, terminal: Terminal): Promise<number> {
  const { limit, item, status, failed: node, model, prompt, since, costOver } = options
  const filter = runsFilter({ item, status, failed: node, model, prompt, since, costOver }, Date.now())
  return withClient(terminal, options, async ({ client }) => {
    const found = await client.runs(filter, limit)
    const anyFilter = Object.values(filter).some((value) => value !== undefined)
    const none = anyFilter ? 'no run is like this\n' : 'no runs; `linernotes understand <file>` makes one\n'
    print(found, { json: options.json, terminal }, () => (found.length === 0 ? none : runTable(found, terminal)))
    return EXIT.done
  })
}

/** `runs cancel <run>`: asks it to stop; nothing of it is published. */
export function cancelRun(runId: string, options: Common, terminal: Terminal): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const id = await runNamed(client, runId)
    const run = await client.cancel(id)
    if (run === null) throw failed(`there is no run "${id}"; \`linernotes runs\` lists them`)
    print(run, { json: options.json, terminal }, () =>
      run.status === 'running'
        ? `run ${id} is asked to stop; \`linernotes runs --item\` shows when it has\n`
        : run.status === 'cancelled'
          ? `run ${id} is cancelled\n`
          : `run ${id} had ended ${run.status}; nothing was changed\n`,
    )
    return EXIT.done
  })
}

function runTable(found: readonly RunView[], { style, columns }: Terminal): string {
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
