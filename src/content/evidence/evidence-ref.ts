import { z } from 'zod'

/**
 * Where an answer points: a numbered segment of the transcript, or the title or description. A quote is optional and is
 * looked up by code; without one, code quotes the sentence of the segment that carries the label.
 */
export const EvidenceRef = z.strictObject({
  source: z.enum(['transcript', 'title', 'description']).default('transcript'),
  segment: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('number of the segment, as it stands in brackets; null for title or description'),
  quote: z.string().max(600).optional().describe('words copied from that place, if a part of it is the point'),
})
export type EvidenceRef = z.infer<typeof EvidenceRef>
