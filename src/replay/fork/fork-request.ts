import { z } from 'zod'
import { objectWithMember } from '../../content/validation/json-schema-member.ts'

/** What a fork of a run should do differently. */
export const ForkRequest = z
  .strictObject({
    at: z
      .string()
      .min(1)
      .optional()
      .describe('The step that goes live with everything downstream: `topics.0`; `topics` is its first visit.'),
    live: z
      .literal('chat')
      .optional()
      .describe('`chat`: models answer anew, everything else is served where it is recorded.'),
    strict: z
      .boolean()
      .default(false)
      .describe('With `live`: a call of another kind that is not recorded ends the fork instead of being made.'),
    prompts: z.record(z.string(), z.string()).default({}).describe('Prompts by agent: `topics` to `topics/v2`.'),
    model: z.string().min(1).optional().describe('The model that answers, as LINERNOTES_MODEL names it.'),
  })
  .refine(({ at, live }) => (at === undefined) !== (live === undefined), {
    error: 'name the step that goes live with "at", or "live": "chat" for all models; one of the two',
    path: ['at'],
  })
  .refine(({ live, strict }) => live !== undefined || !strict, {
    error: '"strict" belongs to "live": what is upstream of "at" is always served from the recording',
    path: ['strict'],
  })
  .meta({
    oneOf: [
      { allOf: [objectWithMember('at'), { properties: { strict: { const: false } } }] },
      objectWithMember('live'),
    ],
  })
export type ForkRequest = z.output<typeof ForkRequest>

/** The requested fork cannot be made of this run. The message says why, and what can be done. */
export class ForkRefused extends Error {
  override readonly name = 'ForkRefused'
}
