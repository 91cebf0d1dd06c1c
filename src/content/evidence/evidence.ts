import { z } from 'zod'
import { TextHash, TextSource } from '../text/text.ts'
import { Timing } from '../transcript/segments.ts'

/** A quote from one text, with its place. `quote` is left out where the item's rights allow offsets only. */
export const TextEvidence = z
  .strictObject({
    kind: z.literal('text'),
    source: TextSource,
    text: TextHash,
    segment: z.int().min(0).nullable(),
    quote: z.string().optional(),
    start: z.int().min(0),
    end: z.int().min(0),
    startMs: z.int().min(0).nullable(),
    endMs: z.int().min(0).nullable(),
    timing: Timing,
    speaker: z.string().nullable(),
    match: z.enum(['verbatim', 'drift']),
  })
  .meta({ id: 'TextEvidence' })

/** A union by kind; audio and image follow. */
export const Evidence = z.discriminatedUnion('kind', [TextEvidence]).meta({ id: 'Evidence' })
export type Evidence = z.infer<typeof Evidence>
