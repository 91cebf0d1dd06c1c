import { ReducedValue, StateSchema } from '@langchain/langgraph'
import { z } from 'zod'
import type { FacetLabels } from '../src/content/labels/label-types.ts'
import type { Sha256 } from '../src/content/text/hash.ts'
import type { Abstention, Finding } from '../src/content/understanding-schema.ts'
import type { Draft, Usage } from './agents/agent-draft.ts'
import type { AgentName } from './agents/registry.ts'

/** A text of the item by its handle. The text itself is in the run's workspace. */
export interface TextHandle {
  hash: Sha256
  chars: number
  normaliser: number
}

/** Where the transcript came from, or why there is none. */
export interface TranscriptOrigin {
  chosen: string | null
  /** What the document says if there is no transcript. */
  missing: string | null
  /** Whether another attempt may find one: a transcriber was away. */
  again: boolean
  considered: { origin: string; problems: string[] }[]
  /** Set if the publisher links chapters that could not be fetched or read: why, and whether another attempt may end otherwise. */
  chapters: { reason: string; again: boolean } | null
}

/** What the similarity index answered. */
export interface Nearby {
  /** Why it was not asked or did not answer. Null if it was asked and answered. */
  unavailable: string | null
  /** Whether another attempt may end otherwise: the index or the embedder was away. */
  again: boolean
  count: number
  duplicateOf: string | null
  /** The part of the step's time in which it made vectors of the item. */
  ms: number
}

export interface Segmentation {
  segmenter: number
  count: number
  words: number
  language: string | null
  timed: boolean
  roles: Record<string, number>
}

export type FacetPlan =
  | { action: 'run'; why: 'first' | 'changed' | 'requested'; fingerprint: string }
  /** `abstained`: the reused answer is that there are no labels, and why. */
  | { action: 'reuse'; fingerprint: string; run: string; abstained?: string }
  | { action: 'skip'; why: string }

/** What this run will do, and why. */
export interface Plan {
  path: 'full' | 'metadata'
  reading: 'whole' | 'outline'
  promptTokens: number
  facets: Record<string, FacetPlan>
}

/** All labels of one version before publication, by agent. */
export type Assembled = Record<string, FacetLabels>

export interface Verification {
  findings: Finding[]
  /** Counts of this version's evidence. `fabricated` counts all rounds, because what was made up counts even if it was mended. */
  counts: { verbatim: number; drift: number; fabricated: number }
  /** References whose words were replaced by the true ones. */
  drifted: string[]
}

export interface Judgement {
  verdict: 'accepted' | 'revise' | 'contested' | 'skipped'
  findings: Finding[]
  /** Agents that run again. */
  revise: AgentName[]
  usage: Usage | null
  /** Set if the critic was asked and gave no valid answer: why, and whether another attempt may end otherwise. */
  abstained?: { reason: string; again: boolean }
  /** What the critic's judgement depends on. Null if it did not judge. */
  fingerprint: string | null
  reused: boolean
}

const json = <T>() => z.custom<T>()
const appendedList = <T>() =>
  new ReducedValue(
    json<readonly T[]>().default(() => []),
    {
      inputSchema: json<readonly T[]>(),
      reducer: (current: readonly T[], next: readonly T[]) => [...current, ...next],
    },
  )
const byName = <T>() =>
  new ReducedValue(
    json<Record<string, T>>().default(() => ({})),
    {
      inputSchema: json<Record<string, T>>(),
      reducer: (current: Record<string, T>, next: Record<string, T>) => ({ ...current, ...next }),
    },
  )

/** Handles and small drafts. A transcript's text and a user's raw JSON never go in here. */
export const State = new StateSchema({
  round: z.number().default(0),
  outcome: json<'unchanged' | null>().default(null),
  intakeHash: json<string | null>().default(null),
  texts: byName<TextHandle>(),
  transcriptOrigin: json<TranscriptOrigin | null>().default(null),
  segmentation: json<Segmentation | null>().default(null),
  planned: json<Plan | null>().default(null),
  nearby: json<Nearby | null>().default(null),
  drafts: byName<Draft>(),
  assembled: json<Assembled | null>().default(null),
  verification: json<Verification | null>().default(null),
  judgement: json<Judgement | null>().default(null),
  abstentions: json<Abstention[]>().default(() => []),
  /** What people should know about this run that no label says, in the order in which nodes say it. */
  notes: appendedList<string>(),
  published: json<{ version: number; seq: number; status: 'complete' | 'partial' } | null>().default(null),
})
export type State = typeof State.State
export type Update = Partial<typeof State.Update>
