import { clip } from '../../../content/text/clip.ts'
import { clock, count, grouped } from '../parts/page-words.ts'
import type { Place } from './label-places.ts'

const LONGEST_QUOTE = 90
/** How many times of quotes are listed one by one. */
const MAX_LISTED_TIMES = 6

/** One tick: `Ada Lovelace, quoted at 0:48: “the engine weaves”`, or `Ada Lovelace, said 3 times, about 0:12 to about 0:15`. */
export function tickText(name: string, places: readonly Place[]): string {
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined) return name
  if (places.length > 1) return `${name}, said ${times(places.length)}, ${span(first, last)}`
  const quote = first.quote === null ? '' : `: “${clip(first.quote, LONGEST_QUOTE)}”`
  return `${name}, ${first.kind} ${timeText(first)}${quote}`
}

/** A whole lane: `Ada Lovelace: quoted 2 times, at 0:48, at 2:10; said 34 times besides, from about 0:12 to about 59:10`. */
export function laneText(name: string, places: readonly Place[]): string {
  const quotedPlaces = places.filter(({ kind }) => kind === 'quoted')
  const saidPlaces = places.filter(({ kind }) => kind === 'said')
  const parts: string[] = []
  if (quotedPlaces.length > 0) {
    const more = quotedPlaces.length > MAX_LISTED_TIMES ? ` and ${quotedPlaces.length - MAX_LISTED_TIMES} more` : ''
    parts.push(
      `quoted ${times(quotedPlaces.length)}, ${quotedPlaces.slice(0, MAX_LISTED_TIMES).map(timeText).join(', ')}${more}`,
    )
  }
  const [first, last] = [saidPlaces[0], saidPlaces.at(-1)]
  if (first !== undefined && last !== undefined)
    parts.push(`said ${times(saidPlaces.length)}${quotedPlaces.length > 0 ? ' besides' : ''}, ${span(first, last)}`)
  return `${name}: ${parts.join('; ')}`
}

const times = (n: number): string => (n === 1 ? 'once' : count(n, 'time'))
const span = (first: Place, last: Place): string =>
  first === last ? timeText(first) : `from ${momentText(first)} to ${momentText(last)}`
const timeText = (place: Place): string =>
  place.timing === 'interpolated' ? momentText(place) : `at ${momentText(place)}`

/** A place in the text, if no times are known. */
const momentText = ({ startMs, timing, start }: Place): string =>
  startMs === null ? `character ${grouped(start)}` : `${timing === 'interpolated' ? 'about ' : ''}${clock(startMs)}`
