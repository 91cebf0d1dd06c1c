import { z } from 'zod'
import { Item, ItemKind } from '../../content/item.ts'
import type { ItemRecord } from '../../database/records.ts'
import { Instant, instant, pageOf } from './common-schemas.ts'
import { itemPath } from './run-schemas.ts'

const Status = z.enum(['complete', 'partial'])

/** One published version, without its document. */
export const Version = z
  .object({ version: z.int(), seq: z.int(), status: Status, runId: z.string(), publishedAt: Instant })
  .meta({ id: 'Version' })
export const VersionPage = pageOf('VersionPage', Version)

export const ItemEntry = z
  .object({
    id: z.string(),
    kind: ItemKind,
    title: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
    current: Version.nullable().describe('The published version.'),
    links: z.object({ self: z.string(), understanding: z.string() }),
  })
  .meta({ id: 'ItemEntry' })
export const ItemPage = pageOf('ItemPage', ItemEntry)

/** An item as it was last submitted. */
export const ItemDetail = z.object({ ...ItemEntry.shape, item: Item }).meta({ id: 'ItemDetail' })

const SimilarItem = z.strictObject({
  itemId: z.string(),
  score: z.number(),
  title: z.string(),
  kind: ItemKind,
  links: z.strictObject({ self: z.string() }),
})

/** `version` is null, and the lists are empty, before anything is published. */
export const Similar = z
  .strictObject({
    version: z.int().nullable().describe('The version that found them.'),
    duplicateOf: z.string().nullable(),
    entries: z.array(SimilarItem),
  })
  .meta({ id: 'Similar' })

export function toVersion<T extends Omit<z.output<typeof Version>, 'publishedAt'> & { publishedAt: number }>(given: T) {
  const { version, seq, status, runId, publishedAt } = given
  return { version, seq, status, runId, publishedAt: instant(publishedAt) }
}

export function toItemEntry({
  id,
  kind,
  title,
  createdAt,
  updatedAt,
  current,
}: ItemRecord): z.output<typeof ItemEntry> {
  return {
    id,
    kind,
    title,
    createdAt: instant(createdAt),
    updatedAt: instant(updatedAt),
    current: current === null ? null : toVersion(current),
    links: { self: itemPath(id), understanding: `${itemPath(id)}/understanding` },
  }
}
