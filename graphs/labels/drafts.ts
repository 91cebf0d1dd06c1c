import { z } from 'zod'
import { EvidenceRef } from '../../src/content/answers.ts'
import { Timing } from '../../src/content/transcript/segments.ts'
import {
  ATTRIBUTE_NAMES,
  EntityType,
  Finding,
  Origin,
  Prevalence,
  Risk,
  Tokens,
  Treatment,
} from '../../src/content/understanding-schema.ts'

/** What a label carries before its evidence is verified: references instead of quotes. `key` is what decisions are keyed by. */
const label = {
  key: z.string(),
  score: z.number().min(0).max(1),
  contested: z.boolean(),
  origin: Origin,
  refs: z.array(EvidenceRef),
}

export const DraftTopic = z.strictObject({
  taxonomy: z.string(),
  id: z.string(),
  name: z.string(),
  path: z.array(z.string()),
  ...label,
})
export const DraftEntity = z.strictObject({
  name: z.string(),
  type: EntityType,
  aliases: z.array(z.string()),
  salience: z.number().min(0).max(1),
  mentions: z.int().min(0),
  ...label,
})
export const DraftChapter = z.strictObject({
  key: z.string(),
  title: z.string(),
  startMs: z.int().nullable(),
  endMs: z.int().nullable(),
  timing: Timing,
  firstSegment: z.int().nullable(),
  lastSegment: z.int().nullable(),
  origin: Origin,
})
export const DraftSuitability = z.strictObject({
  category: z.string(),
  name: z.string(),
  risk: Risk,
  prevalence: Prevalence,
  treatment: Treatment,
  ...label,
})
export const DraftClaim = z.strictObject({
  key: z.string(),
  text: z.string(),
  short: z.boolean(),
  refs: z.array(EvidenceRef),
})
export const DraftAttribute = z.strictObject({ name: z.enum(ATTRIBUTE_NAMES), value: z.string(), ...label })

export type DraftTopic = z.infer<typeof DraftTopic>
export type DraftEntity = z.infer<typeof DraftEntity>
export type DraftChapter = z.infer<typeof DraftChapter>
export type DraftSuitability = z.infer<typeof DraftSuitability>
export type DraftClaim = z.infer<typeof DraftClaim>
export type DraftAttribute = z.infer<typeof DraftAttribute>

/** One facet's labels; the shape depends on the facet. */
export const Labels = z.discriminatedUnion('facet', [
  z.strictObject({ facet: z.literal('topics'), labels: z.array(DraftTopic) }),
  z.strictObject({ facet: z.literal('entities'), labels: z.array(DraftEntity) }),
  z.strictObject({ facet: z.literal('chapters'), labels: z.array(DraftChapter) }),
  z.strictObject({ facet: z.literal('suitability'), labels: z.array(DraftSuitability) }),
  z.strictObject({ facet: z.literal('summary'), labels: z.array(DraftClaim) }),
  z.strictObject({ facet: z.literal('attributes'), labels: z.array(DraftAttribute) }),
  /** Facets of agents that a user added: JSON as the agent's own code made it, published under `extra`. */
  z.strictObject({ facet: z.literal('extra'), labels: z.array(z.json()) }),
])
export type Labels = z.infer<typeof Labels>

/** What one agent leaves in state: its labels, or why there are none. */
export const Draft = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('answered'),
    labels: Labels,
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
export const KeptDraft = z.union([Labels, z.strictObject({ abstained: z.string() })])
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
export const Review = z.strictObject({
  findings: z.array(Finding),
  /** Pointer of a finding -> key of the label that it speaks of: where the label stands changes with people's decisions. */
  keys: z.record(z.string(), z.string()).default({}),
})
export type Review = z.infer<typeof Review>
