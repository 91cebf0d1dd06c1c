import type { EvidenceRef } from '../../content/evidence/evidence-ref.ts'

/** A stretch of the item that can support a topic. */
export interface Part {
  ref: EvidenceRef
  text: string
  stems: string[]
  vector: readonly number[] | null
  /** How much the part counts: 1 for a segment. Title and description together count as a fifth of the transcript. */
  weight: number
}
