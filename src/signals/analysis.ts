import { segment } from '../content/transcript/segmenter.ts'
import type { Segment, Transcript } from '../content/transcript/segments.ts'
import { IAB_CONTENT, loadTaxonomies } from '../taxonomy/taxonomy.ts'
import { attributeCandidates } from './attributes/attribute-candidates.ts'
import { chapterCandidates } from './chapters/chapter-candidates.ts'
import { claimCandidates } from './claims/claim-candidates.ts'
import { entityCandidates } from './names/entity-candidates.ts'
import type { Reading } from './reading/reading.ts'
import { digests } from './reading/segment-digest.ts'
import { suitabilityCandidates } from './suitability/suitability-candidates.ts'
import { topicCandidates } from './topics/topic-candidates.ts'

/** The pure functions on one item that need much processor time. They run in the thread that calls them. */
export const ANALYSES = {
  segment: (transcript: Transcript, options: { language: string | null }) => segment(transcript, options),
  digests: (text: string, segments: readonly Segment[]) => digests(text, segments),
  topicCandidates: (reading: Reading) => topicCandidates(reading, [loadTaxonomies().get(IAB_CONTENT)]),
  entityCandidates: (reading: Reading) => entityCandidates(reading),
  chapterCandidates: (reading: Reading) => chapterCandidates(reading),
  suitabilityCandidates: (reading: Reading) => suitabilityCandidates(reading),
  claimCandidates: (reading: Reading) => claimCandidates(reading),
  attributeCandidates: (reading: Reading) => attributeCandidates(reading),
} as const

type Analyses = typeof ANALYSES
export type AnalysisName = keyof Analyses

/** The same functions, in this thread or in a worker that keeps the event loop free. */
export type Analysis = {
  readonly [Name in AnalysisName]: (...args: Parameters<Analyses[Name]>) => Promise<ReturnType<Analyses[Name]>>
}

/** One call of one of these functions, as plain data. */
export type AnalysisJob = { [Name in AnalysisName]: { name: Name; args: Parameters<Analyses[Name]> } }[AnalysisName]

/** The result of a call. Its name tells its type. */
export type AnalysisResult = { [Name in AnalysisName]: { name: Name; value: ReturnType<Analyses[Name]> } }[AnalysisName]
