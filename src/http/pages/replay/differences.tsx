import type { ReportedDifference } from '../../../runs/replay/report.ts'

export interface DifferencesProps {
  differences: readonly ReportedDifference[]
  /** Further ones that the report leaves out. */
  more: number
}

/** What was recorded beside what today's code has in the same place. */
export function Differences({ differences, more }: DifferencesProps) {
  if (differences.length === 0) return more === 0 ? null : <p class="dim">{more} differences.</p>
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Recorded</th>
          <th scope="col">Today</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ pointer, was, is }) => (
          <tr>
            <th scope="row">
              <code>{pointer || '/'}</code>
            </th>
            <td data-name="recorded">
              <Value value={was} />
            </td>
            <td data-name="today">
              <Value value={is} />
            </td>
          </tr>
        ))}
        {more > 0 && (
          <tr>
            <th scope="row">and {more} more</th>
            <td></td>
            <td></td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function Value({ value }: { value: unknown }) {
  if (value === undefined) return <span class="dim">not there</span>
  return <code>{JSON.stringify(value)}</code>
}
