import type { EvidenceRef } from '../content/evidence/evidence-ref.ts'
import type { AttributeName } from '../content/labels/attribute-label.ts'
import type { EntityType } from '../content/labels/entity-label.ts'
import type { Prevalence, Treatment } from '../content/labels/suitability-label.ts'

/**
 * What code offers to an agent before it answers: measured, never decided. All scores are 0..1, rounded to 3 decimals, and
 * lists are sorted by score, ties by id, so that equal input gives equal bytes.
 */
export interface TopicCandidate {
  taxonomy: string
  id: string
  name: string
  path: string[]
  score: number
  /** Distance to the best competing node that is neither ancestor nor descendant. */
  margin: number
  /** Share of the content segments for which this node is among the best. */
  coverage: number
  /** Empty only where nothing but the publisher's categories speaks for the node. */
  evidence: EvidenceRef[]
  /** The publisher's categories name it; absent where they do not. */
  declared?: boolean
}

export interface EntityCandidate {
  name: string
  type: EntityType
  aliases: string[]
  mentions: number
  score: number
  evidence: EvidenceRef[]
}

/** A place where the subject may change; `depth` is how sharply. */
export interface ChapterCandidate {
  firstSegment: number
  depth: number
  /** What sets the stretch up to the next candidate apart, best first. */
  keyphrases: string[]
  title: string
}

export interface SuitabilityCandidate {
  category: string
  name: string
  score: number
  prevalence: Prevalence
  treatment: Treatment
  evidence: EvidenceRef[]
}

export interface ClaimCandidate {
  text: string
  score: number
  evidence: EvidenceRef[]
}

export interface AttributeCandidate {
  name: AttributeName
  value: string
  score: number
  /** What was measured, for people. */
  because: string
  evidence: EvidenceRef[]
}
