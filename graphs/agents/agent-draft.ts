import { z } from 'zod'
import { FacetLabels } from '../../src/content/labels/label-types.ts'
import { Finding, Tokens } from '../../src/content/understanding-schema.ts'

/** What one agent leaves in state: its labels, or why there are none. */
export const Draft = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('answered'),
    labels: FacetLabels,
    /** Asked to revise them, the agent had no answer: they are those of the round before. */
    unrevised: z.literal(true).optional(),
    usage: z.lazy(() => Usage),
  }),
  z.strictObject({
    status: z.literal('abstained'),
    reason: z.string(),
    /** Whether asking again may end otherwise: a model was away, or gave no valid answer. */
    again: z.boolean(),
    usage: z.lazy(() => Usage),
  }),
])
export type Draft = z.infer<typeof Draft>

/** What is kept of an agent for later runs: its labels, or why it has none where asking again would not end otherwise. */
export const KeptDraft = z.union([FacetLabels, z.strictObject({ abstained: z.string() })])
export type KeptDraft = z.infer<typeof KeptDraft>

/** How an agent came to its draft. `rejected`: answers that were sent back. */
export const Usage = z.strictObject({
  model: z.string(),
  prompt: z.string(),
  rounds: z.int(),
  toolCalls: z.int(),
  rejected: z.int(),
  tokens: Tokens,
  costUsd: z.number().nullable(),
  ms: z.number(),
})
export type Usage = z.infer<typeof Usage>

/** The critic's draft; stored like a facet so that it is reused like one. */
export const CriticDraft = z.strictObject({ findings: z.array(Finding) })
export type CriticDraft = z.infer<typeof CriticDraft>
