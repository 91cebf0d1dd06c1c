import type { Segment, Transcript } from '../content/segment.ts'
import { segment } from '../content/segmenter.ts'
import type { ChapterCandidate, ClaimCandidate, EntityCandidate } from './candidates.ts'
import { chapterCandidates } from './chapters.ts'
import { claimCandidates } from './claims.ts'
import { digests } from './digest.ts'
import { entityCandidates } from './entities.ts'
import type { Reading } from './reading.ts'

/** The pure, processor-heavy functions on one item, wherever they run: here, or in a worker that keeps the event loop free. */
export interface Analysis {
  segment(transcript: Transcript, options: { language: string | null }): Promise<Segment[]>
  digests(text: string, segments: readonly Segment[]): Promise<string[]>
  entityCandidates(reading: Reading): Promise<EntityCandidate[]>
  chapterCandidates(reading: Reading): Promise<ChapterCandidate[]>
  claimCandidates(reading: Reading): Promise<ClaimCandidate[]>
}

/** In this thread: for tests, scripts, and inside the worker. */
export const inlineAnalysis: Analysis = {
  segment: async (transcript, options) => segment(transcript, options),
  digests: async (text, segments) => digests(text, segments),
  entityCandidates: async (reading) => entityCandidates(reading),
  chapterCandidates: async (reading) => chapterCandidates(reading),
  claimCandidates: async (reading) => claimCandidates(reading),
}
