import { z } from 'zod'
import { having } from '../../content/validation/json-schema-member.ts'

/** What to delete: a run is deleted only if both limits allow it. */
export const PruneRequest = z
  .strictObject({
    endedBefore: z.iso.datetime({ offset: true }).optional().describe('Runs that ended before this time, ISO 8601.'),
    keepPerItem: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe('The newest so many runs of each item stay, however old they are.'),
    dryRun: z.boolean().optional().describe('Count, and delete nothing.'),
    compact: z
      .boolean()
      .optional()
      .describe(
        'Write the files of the database anew, so that none holds what was deleted or erased. Nothing else is answered meanwhile.',
      ),
  })
  .refine((given) => given.compact === true || given.endedBefore !== undefined || given.keepPerItem !== undefined, {
    message: 'name endedBefore or keepPerItem, which say what may go, or compact',
  })
  .meta({
    id: 'PruneRequest',
    anyOf: [having('endedBefore'), having('keepPerItem'), having('compact', { const: true })],
  })

export const Pruned = z
  .object({
    runs: z.int(),
    chunks: z.int().describe('Rows in which runs recorded what they did.'),
    blobs: z.int().describe('Texts that no run names any more.'),
    bytes: z.int().describe('What chunks and blobs held, compressed.'),
    dryRun: z.boolean(),
    compacted: z.boolean(),
  })
  .meta({ id: 'Pruned' })
