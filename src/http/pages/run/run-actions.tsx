import type { RunRecord } from '../../../database/records.ts'
import { runPage } from '../parts/page-paths.ts'
import { count, stamp } from '../parts/page-words.ts'
import { ReplayForm } from '../replay/replay-form.tsx'

export interface RunActionsProps {
  run: RunRecord
  live: boolean
  /** Other runs of the item, for comparing. */
  others: readonly RunRecord[]
}

/** What can be done with a run. */
export function RunActions({ run, live, others }: RunActionsProps) {
  return (
    <section aria-labelledby="further" data-part="further">
      <h2 id="further">Further</h2>
      {!live && <ReplayForm run={run.id} />}
      {others.length > 0 && <CompareForm run={run} others={others} />}
      <div class="actions">
        {live && (
          <form method="post" action={`${runPage(run.id)}/cancel`}>
            <button type="submit">Stop this run</button>
          </form>
        )}
        <a href={`/v1/runs/${encodeURIComponent(run.id)}/steps`}>Steps as JSON</a>
        {!live && <a href={`/v1/runs/${encodeURIComponent(run.id)}/recording`}>Recording</a>}
      </div>
    </section>
  )
}

function CompareForm({ run, others }: Omit<RunActionsProps, 'live'>) {
  return (
    <form method="get" action="/compare" class="inline">
      <input type="hidden" name="a" value={run.id} />
      <label>
        Compare with{' '}
        <select name="b">
          {others.map((other) => (
            <option value={other.id}>{`${stamp(other.createdAt)}, ${other.status}, ${other.effort}`}</option>
          ))}
        </select>
      </label>
      <button type="submit">Compare</button>
      <span class="dim">{count(others.length, 'other run')} of this item</span>
    </form>
  )
}
