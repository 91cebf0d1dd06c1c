import type { Segment, Transcript } from '../content/segment.ts'
import type { ChapterCandidate, ClaimCandidate, EntityCandidate } from './candidates.ts'
import type { Reading } from './reading.ts'

/** The pure, processor-heavy functions on one item, wherever they run: here, or in a worker that keeps the event loop free. */
export interface Analysis {
  segment(transcript: Transcript, options: { language: string | null }): Promise<Segment[]>
  digests(text: string, segments: readonly Segment[]): Promise<string[]>
  entityCandidates(reading: Reading): Promise<EntityCandidate[]>
  chapterCandidates(reading: Reading): Promise<ChapterCandidate[]>
  claimCandidates(reading: Reading): Promise<ClaimCandidate[]>
}
