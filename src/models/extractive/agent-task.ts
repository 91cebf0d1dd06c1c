import type { ToldFinding } from '../../content/understanding-schema.ts'
import type {
  AttributeCandidate,
  ChapterCandidate,
  ClaimCandidate,
  EntityCandidate,
  SuitabilityCandidate,
  TopicCandidate,
} from '../../signals/candidates.ts'

interface Common {
  item: { kind: string; language: string | null; title: string; description: string; durationMs: number | null }
  /** The transcript block (src/content/transcript/transcript-block.ts); empty where there is no transcript. */
  transcript: string
  /** 0 in the first round. Later rounds answer findings of the verifier and the critic. */
  round: number
  findings: ToldFinding[]
}

/** A claim in the form that the critic sees. Code computes `score`. */
export interface ReviewedClaim {
  pointer: string
  agent: string
  label: string
  score: number | null
  evidence: { quote: string; match: 'verbatim' | 'drift'; segment: number | null }[]
}

export interface TranscriptCandidateSummary {
  candidate: number
  origin: string
  language: string | null
  words: number
  /** Share of the item's duration between the first and the last time; null without times. */
  coverage: number | null
  problems: string[]
}

/** The task of an agent as data, for engines that read data. It has the same content as the prompt. */
export type ExtractiveTask =
  | (Common & { agent: 'topics'; candidates: TopicCandidate[] })
  | (Common & { agent: 'entities'; candidates: EntityCandidate[] })
  | (Common & { agent: 'chapters'; candidates: ChapterCandidate[]; chapters: number })
  | (Common & { agent: 'suitability'; candidates: SuitabilityCandidate[] })
  | (Common & { agent: 'summary'; candidates: ClaimCandidate[] })
  | (Common & { agent: 'attributes'; candidates: AttributeCandidate[] })
  | (Common & { agent: 'critique'; claims: ReviewedClaim[] })
  | (Common & { agent: 'transcript'; options: TranscriptCandidateSummary[] })
