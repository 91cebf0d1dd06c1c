import { z } from 'zod'
import { objectWithMember } from '../../content/validation/json-schema-member.ts'

/** What to delete: a run is deleted only if both limits allow it. */
export const PruneRequest = z
  .strictObject({
    endedBefore: z.iso.datetime({ offset: true }).optional().describe('Runs that ended before this time, ISO 8601.'),
    keepPerItem: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe('How many of the newest runs of each item stay, however old they are.'),
    dryRun: z.boolean().optional().describe('Count, but delete nothing.'),
    compact: z
      .boolean()
      .optional()
      .describe(
        'Write the files of the database anew, so that none of them holds anything deleted or erased. The service answers nothing else meanwhile.',
      ),
  })
  .refine((given) => given.compact === true || given.endedBefore !== undefined || given.keepPerItem !== undefined, {
    message: 'name endedBefore or keepPerItem, which say what may go, or compact',
  })
  .meta({
    id: 'PruneRequest',
    anyOf: [
      objectWithMember('endedBefore'),
      objectWithMember('keepPerItem'),
      objectWithMember('compact', { const: true }),
    ],
  })

export const Pruned = z
  .object({
    runs: z.int(),
    chunks: z.int().describe('Rows of what runs recorded.'),
    blobs: z.int().describe('Texts that no run uses any more.'),
    bytes: z.int().describe('What chunks and blobs held, compressed.'),
    dryRun: z.boolean(),
    compacted: z.boolean(),
  })
  .meta({ id: 'Pruned' })
