import { z } from '@hono/zod-openapi'
import { Version } from './item.ts'

/** A stretch of the outbox. */
export const Changes = z
  .strictObject({
    entries: z.array(
      z.strictObject({ ...Version.shape, itemId: z.string(), links: z.strictObject({ understanding: z.string() }) }),
    ),
    after: z.int().describe('Ask again with this.'),
  })
  .meta({ id: 'Changes' })
