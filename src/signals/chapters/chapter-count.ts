import type { Reading } from '../reading/reading.ts'

/** An item with fewer words than this is one chapter. */
const UNDIVIDED_BELOW = 450

export const wordsIn = (reading: Pick<Reading, 'segments'>): number =>
  reading.segments.reduce((sum, { words }) => sum + words, 0)

/**
 * The mean number of words in a chapter of a text of this length. People give longer items longer chapters: 300 words in a ten-minute talk,
 * 700 in a talk of forty minutes, 1,200 in one of three hours.
 */
export function expectedChapterWords(total: number): number {
  return 700 * (Math.max(1, total) / 6500) ** 0.4
}

/** How many chapters a text of this length and kind should have: one for a song or a few minutes, nine for forty minutes. */
export function chapterCount(reading: Pick<Reading, 'kind' | 'segments'>): number {
  const total = wordsIn(reading)
  if (reading.kind === 'song' || total < UNDIVIDED_BELOW) return 1
  return Math.max(1, Math.min(40, Math.round(total / expectedChapterWords(total))))
}
