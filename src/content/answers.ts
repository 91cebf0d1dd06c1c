import { z } from 'zod'
import { EvidenceRef } from './evidence/evidence-ref.ts'
import { ATTRIBUTES } from './labels/attribute-label.ts'
import { EntityType } from './labels/entity-label.ts'
import { FACETS } from './labels/label-types.ts'
import { Prevalence, Treatment } from './labels/suitability-label.ts'

const evidence = z.array(EvidenceRef).min(1).max(6)

export const TopicsAnswer = z.strictObject({
  topics: z
    .array(z.strictObject({ taxonomy: z.string().default('iab-content-3.1'), id: z.string(), evidence }))
    .max(12),
})
export type TopicsAnswer = z.infer<typeof TopicsAnswer>

export const EntitiesAnswer = z.strictObject({
  entities: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        type: EntityType,
        aliases: z.array(z.string().max(200)).max(10).default([]),
        evidence,
      }),
    )
    .max(60),
})
export type EntitiesAnswer = z.infer<typeof EntitiesAnswer>

export const ChaptersAnswer = z.strictObject({
  chapters: z.array(z.strictObject({ title: z.string().min(1).max(120), firstSegment: z.int().min(0) })).max(80),
})
export type ChaptersAnswer = z.infer<typeof ChaptersAnswer>

export const SuitabilityAnswer = z.strictObject({
  categories: z
    .array(z.strictObject({ category: z.string(), prevalence: Prevalence, treatment: Treatment, evidence }))
    .max(12),
})
export type SuitabilityAnswer = z.infer<typeof SuitabilityAnswer>

export const SummaryAnswer = z.strictObject({
  claims: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(600),
        evidence,
        short: z.boolean().default(false).describe('belongs into the two-sentence summary'),
      }),
    )
    .max(16),
})
export type SummaryAnswer = z.infer<typeof SummaryAnswer>

const attribute = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.strictObject({ value: z.enum(values), evidence }).optional()
export const AttributesAnswer = z.strictObject({
  format: attribute(ATTRIBUTES.format),
  tone: attribute(ATTRIBUTES.tone),
  audience: attribute(ATTRIBUTES.audience),
  explicit: attribute(ATTRIBUTES.explicit),
})
export type AttributesAnswer = z.infer<typeof AttributesAnswer>

export const CritiqueAnswer = z.strictObject({
  findings: z
    .array(
      z.strictObject({
        agent: z.enum(FACETS),
        pointer: z.string().max(200).describe('JSON pointer of the claim, for example /topics/0'),
        severity: z.enum(['info', 'revise', 'contest', 'drop']),
        message: z.string().min(1).max(600),
      }),
    )
    .max(30),
})
export type CritiqueAnswer = z.infer<typeof CritiqueAnswer>

export const TranscriptChoice = z.strictObject({ candidate: z.int().min(0), reason: z.string().max(400) })
export type TranscriptChoice = z.infer<typeof TranscriptChoice>
