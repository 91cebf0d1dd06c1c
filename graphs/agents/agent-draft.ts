import { z } from 'zod'
import { FacetLabels } from '../../src/content/labels/label-types.ts'
import { Finding, Tokens } from '../../src/content/understanding-schema.ts'

/** What one agent leaves in state: its labels, or why it has none. */
export const Draft = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('answered'),
    labels: FacetLabels,
    /** True if the agent gave no answer when asked to revise them: these are the labels of the round before. */
    unrevised: z.literal(true).optional(),
    usage: z.lazy(() => Usage),
  }),
  z.strictObject({
    status: z.literal('abstained'),
    reason: z.string(),
    /** Whether another attempt may end otherwise: a model was away, or it gave no valid answer. */
    again: z.boolean(),
    usage: z.lazy(() => Usage),
  }),
])
export type Draft = z.infer<typeof Draft>

/** What later runs may reuse of an agent: its labels, or why it has none if another attempt would not end otherwise. */
export const KeptDraft = z.union([FacetLabels, z.strictObject({ abstained: z.string() })])
export type KeptDraft = z.infer<typeof KeptDraft>

/** How an agent came to its draft. `rejected` counts the answers that were sent back. */
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

/** The critic's draft. It is stored like a facet, so that it can be reused like one. */
export const CriticDraft = z.strictObject({ findings: z.array(Finding) })
export type CriticDraft = z.infer<typeof CriticDraft>
