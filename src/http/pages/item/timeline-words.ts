import { clip } from '../../../content/text/clip.ts'
import { clock, count, grouped } from '../parts/page-words.ts'
import type { Place } from './label-places.ts'

const LONGEST_QUOTE = 90
/** How many times of quotes are listed one by one. */
const TOLD = 6

/** One tick: `Ada Lovelace, quoted at 0:48: “the engine weaves”`, or `Ada Lovelace, said 3 times, about 0:12 to about 0:15`. */
export function tickText(name: string, places: readonly Place[]): string {
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined) return name
  if (places.length > 1) return `${name}, said ${times(places.length)}, ${span(first, last)}`
  const quote = first.quote === null ? '' : `: “${clip(first.quote, LONGEST_QUOTE)}”`
  return `${name}, ${first.kind} ${when(first)}${quote}`
}

/** A whole lane: `Ada Lovelace: quoted 2 times, at 0:48, at 2:10; said 34 times besides, from about 0:12 to about 59:10`. */
export function laneText(name: string, places: readonly Place[]): string {
  const quoted = places.filter(({ kind }) => kind === 'quoted')
  const said = places.filter(({ kind }) => kind === 'said')
  const parts: string[] = []
  if (quoted.length > 0) {
    const more = quoted.length > TOLD ? ` and ${quoted.length - TOLD} more` : ''
    parts.push(`quoted ${times(quoted.length)}, ${quoted.slice(0, TOLD).map(when).join(', ')}${more}`)
  }
  const [first, last] = [said[0], said.at(-1)]
  if (first !== undefined && last !== undefined)
    parts.push(`said ${times(said.length)}${quoted.length > 0 ? ' besides' : ''}, ${span(first, last)}`)
  return `${name}: ${parts.join('; ')}`
}

const times = (n: number): string => (n === 1 ? 'once' : count(n, 'time'))
const span = (first: Place, last: Place): string =>
  first === last ? when(first) : `from ${moment(first)} to ${moment(last)}`
const when = (place: Place): string => (place.timing === 'interpolated' ? moment(place) : `at ${moment(place)}`)

/** A place in the text, if no times are known. */
const moment = ({ startMs, timing, start }: Place): string =>
  startMs === null ? `character ${grouped(start)}` : `${timing === 'interpolated' ? 'about ' : ''}${clock(startMs)}`
