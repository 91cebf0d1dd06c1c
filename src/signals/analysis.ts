import type { Segment, Transcript } from '../content/segment.ts'
import { segment } from '../content/segmenter.ts'
import { IAB_CONTENT, loadTaxonomies } from '../taxonomy/taxonomy.ts'
import { attributeCandidates } from './attributes.ts'
import { chapterCandidates } from './chapters.ts'
import { claimCandidates } from './claims.ts'
import { digests } from './digest.ts'
import { entityCandidates } from './entities.ts'
import type { Reading } from './reading.ts'
import { suitabilityCandidates } from './suitability.ts'
import { topicCandidates } from './topics.ts'

/** The pure, processor-heavy functions on one item, as they run in whichever thread calls them. */
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

/** The same functions wherever they run: here, or in a worker that keeps the event loop free. */
export type Analysis = {
  readonly [Name in AnalysisName]: (...args: Parameters<Analyses[Name]>) => Promise<ReturnType<Analyses[Name]>>
}

/** One call of one of them, as plain data. */
export type AnalysisJob = { [Name in AnalysisName]: { name: Name; args: Parameters<Analyses[Name]> } }[AnalysisName]

/** Its result, with the name that tells its type. */
export type AnalysisResult = { [Name in AnalysisName]: { name: Name; value: ReturnType<Analyses[Name]> } }[AnalysisName]
