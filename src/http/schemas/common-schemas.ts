import { z } from 'zod'

/** A point in time as the API writes it: ISO 8601, UTC, milliseconds. */
export const Instant = z.iso.datetime()

/** Milliseconds since the epoch as the API writes them. */
export const instant = (at: number): string => new Date(at).toISOString()
export const instantOrNull = (at: number | null): string | null => (at === null ? null : instant(at))

/** A number in a query string. An empty value is refused, because it would be read as 0: `?after=` does not ask for anything. */
export const numberOf = <T>(schema: z.ZodType<T>) =>
  z.preprocess((given) => (typeof given === 'string' && given.trim() === '' ? Number.NaN : given), schema)

/** Query parameters of every listing. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).optional().describe('Entries per page. 50 without it.'),
  cursor: z.string().optional().describe('`next` of the previous page.'),
}

/** A query parameter of listings in which an id can be looked up by its beginning. */
export const idPrefix = { idPrefix: z.string().min(1).optional().describe('The beginning of the id.') }

/** Path parameters. Ids hold any printable characters, percent-encoded. */
export const ItemParam = z.object({ id: z.string().describe("The item's id, percent-encoded.") })
export const RunParam = z.object({ id: z.string().describe("The run's id.") })

/** JSON as the database stores it. */
export const Json = z.json().meta({ id: 'Json' })
export type Json = z.output<typeof Json>

/** A page of a listing. `next` is null on the last one. */
export function pageOf<T extends z.ZodType>(id: string, entry: T) {
  return z.object({ entries: z.array(entry), next: z.string().nullable() }).meta({ id })
}

/** The page to ask a repository for. */
export function pageRequest({ limit, cursor }: { limit?: number | undefined; cursor?: string | undefined }) {
  return { ...(limit === undefined ? {} : { limit }), ...(cursor === undefined ? {} : { cursor }) }
}

/** `Link: <…>; rel="next"` if the page is not the last. */
export function nextLink(url: string, next: string | null): Record<string, string> {
  if (next === null) return {}
  const { pathname, searchParams } = new URL(url)
  searchParams.set('cursor', next)
  return { link: `<${pathname}?${searchParams}>; rel="next"` }
}
