import type { EvidenceRef } from '../content/evidence/evidence-ref.ts'
import type { AttributeName } from '../content/labels/attribute-label.ts'
import type { EntityType } from '../content/labels/entity-label.ts'
import type { Prevalence, Treatment } from '../content/labels/suitability-label.ts'

/**
 * What code offers to an agent before the agent answers. Candidates are measured; they decide nothing. All scores are 0..1, rounded to 3
 * decimals. Lists are sorted by score, and ties by id, so that equal input gives equal bytes.
 */
export interface TopicCandidate {
  taxonomy: string
  id: string
  name: string
  path: string[]
  score: number
  /** The distance to the best competing node that is neither an ancestor nor a descendant. */
  margin: number
  /** The share of the content segments in which this node is among the best. */
  coverage: number
  /** Empty only if nothing but the publisher's categories supports the node. */
  evidence: EvidenceRef[]
  /** True if the publisher's categories name the node. Absent if they do not. */
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

/** A place where the subject may change. `depth` says how sharply it changes. */
export interface ChapterCandidate {
  firstSegment: number
  depth: number
  /** What distinguishes the text from here up to the next candidate, best first. */
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
  /** What was measured, for people to read. */
  because: string
  evidence: EvidenceRef[]
}
