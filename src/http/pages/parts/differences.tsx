import { clip } from '../../../content/text/clip.ts'

export interface DifferencesProps {
  differences: readonly { pointer: string; was?: unknown; is?: unknown }[]
  /** What the two sides are called. */
  sides: readonly [was: string, is: string]
  /** The number of differences that are left out. */
  more: number
}

/** The values of the two sides in the same place, side by side. */
export function Differences({ differences, sides, more }: DifferencesProps) {
  if (differences.length === 0) return more === 0 ? null : <p class="dim">{more} differences.</p>
  const [was, is] = sides
  return (
    <table class="list sides">
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">{was}</th>
          <th scope="col">{is}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((difference) => (
          <tr>
            <th scope="row">
              <Place pointer={difference.pointer} />
            </th>
            <td data-name={was}>
              <Value value={difference.was} />
            </td>
            <td data-name={is}>
              <Value value={difference.is} />
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

/** A JSON pointer that may break between its parts. */
function Place({ pointer }: { pointer: string }) {
  if (pointer === '') return <code>/</code>
  return (
    <code>
      {pointer.split(/(?=\/)/).map((part) => (
        <>
          <wbr />
          {part}
        </>
      ))}
    </code>
  )
}

const MAX_VALUE_CHARS = 500
/** Enough of a hash to tell it from another. */
const QUOTED_HASH = /^"(sha256:[0-9a-f]{12})[0-9a-f]{52}"$/

function Value({ value }: { value: unknown }) {
  if (value === undefined) return <span class="dim">not there</span>
  const text = JSON.stringify(value) ?? ''
  const [, hash] = QUOTED_HASH.exec(text) ?? []
  return hash === undefined ? <code>{clip(text, MAX_VALUE_CHARS)}</code> : <code title={text}>{hash}</code>
}
