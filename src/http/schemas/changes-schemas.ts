import { z } from 'zod'
import { Instant } from './common-schemas.ts'
import { Version } from './item-schemas.ts'

const PublishedChange = z.object({
  change: z.literal('published'),
  ...Version.shape,
  itemId: z.string(),
  links: z.object({ understanding: z.string() }),
})

const ErasedChange = z.object({
  change: z.literal('erased').describe('Delete what you kept of the item.'),
  seq: z.int(),
  itemId: z.string(),
  erasedAt: Instant,
})

/** A part of the outbox. */
export const Changes = z
  .object({
    entries: z.array(z.discriminatedUnion('change', [PublishedChange, ErasedChange])),
    after: z.int().describe('The value of `after` for the next request.'),
  })
  .meta({ id: 'Changes' })
