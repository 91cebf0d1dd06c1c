/** `limit` is cut to 1..200. The default is 50. `cursor` is the `next` of the page before, and is opaque. */
export interface PageRequest {
  limit?: number
  cursor?: string
}

/** `next` is null on the last page. Every listing throws {@link BadCursor} for a cursor that it did not give out. */
export interface Page<T> {
  entries: T[]
  next: string | null
}

export class BadCursor extends Error {
  override readonly name = 'BadCursor'
  constructor() {
    super('the cursor is not one that this listing gave out; start again without a cursor')
  }
}
