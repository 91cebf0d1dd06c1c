import type { RunRecord } from '../../../database/records.ts'
import { RUN_STATUSES, type RunStatus } from '../../../ledger/run-end.ts'
import { itemVersionPage, runPage, withQuery } from '../parts/page-paths.ts'
import { durationText } from '../parts/page-words.ts'
import { Page } from '../parts/shell.tsx'
import { Moment, Nothing, Pager, StatusBadge } from '../parts/small-parts.tsx'

export interface RunsPageProps {
  runs: readonly { run: RunRecord; title: string }[]
  filter: { status?: RunStatus | undefined; item?: string | undefined; cursor?: string | undefined }
  next: string | null
}

/** Runs, newest first. */
export function RunsPage({ runs, filter, next }: RunsPageProps) {
  const { cursor, ...otherFilters } = filter
  return (
    <Page title="Runs" section="runs">
      <h1>Runs</h1>
      <form method="get" action="/runs" class="filters">
        <label>
          Status
          <select name="status">
            <option value="">any</option>
            {RUN_STATUSES.map((status) => (
              <option value={status} selected={status === filter.status}>
                {status}
              </option>
            ))}
          </select>
        </label>
        <label>
          Item
          <input name="item" value={filter.item} placeholder="any item's id" />
        </label>
        <button type="submit">Show</button>
      </form>
      {runs.length === 0 ? (
        <Nothing>
          {filter.status === undefined && filter.item === undefined && cursor === undefined ? (
            <>
              There are no runs yet. <code>linernotes understand FILE</code> makes one.
            </>
          ) : (
            <>
              No run is like this. <a href="/runs">All runs</a>
            </>
          )}
        </Nothing>
      ) : (
        <RunTable runs={runs} />
      )}
      <Pager
        next={next === null ? null : withQuery('/runs', { ...otherFilters, cursor: next })}
        first={cursor === undefined ? null : withQuery('/runs', otherFilters)}
      />
    </Page>
  )
}

export interface RunTableProps {
  runs: readonly { run: RunRecord; title: string }[]
  /** What the titles are: those of the runs' items, unless all are of one item. */
  named?: string
}

/** Runs as a table. */
export function RunTable({ runs, named = 'Run of' }: RunTableProps) {
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">{named}</th>
          <th scope="col">Status</th>
          <th scope="col">Effort</th>
          <th scope="col">Created</th>
          <th scope="col" class="num">
            Took
          </th>
          <th scope="col" class="num">
            Published
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ run, title }) => (
          <tr>
            <th scope="row">
              <a href={runPage(run.id)}>{title || run.itemId}</a>
            </th>
            <td>
              <StatusBadge status={run.status} />
              {run.error !== null && <span class="dim reason"> {run.error}</span>}
            </td>
            <td class="short">{run.effort}</td>
            <td>
              <Moment at={run.createdAt} />
            </td>
            <td class="num" data-name="took">
              {run.startedAt === null || run.finishedAt === null ? '–' : durationText(run.finishedAt - run.startedAt)}
            </td>
            <td class="num">
              {run.version === null ? (
                '–'
              ) : (
                <a href={itemVersionPage(run.itemId, run.version)}>version {run.version}</a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
