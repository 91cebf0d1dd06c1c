import type { Reading } from '../reading/reading.ts'

/** Below this many words an item is one chapter. */
const UNDIVIDED = 450

export const wordsIn = (reading: Pick<Reading, 'segments'>): number =>
  reading.segments.reduce((sum, { words }) => sum + words, 0)

/**
 * Words that a chapter of a text of this length has on average. People give longer items longer chapters: 300 words of
 * a ten-minute talk, 700 of a forty-minute one, 1,200 of three hours.
 */
export function expectedChapterWords(total: number): number {
  return 700 * (Math.max(1, total) / 6500) ** 0.4
}

/** How many chapters a text of this length and kind should have: one for a song or a few minutes, 9 for forty minutes. */
export function chapterCount(reading: Pick<Reading, 'kind' | 'segments'>): number {
  const total = wordsIn(reading)
  if (reading.kind === 'song' || total < UNDIVIDED) return 1
  return Math.max(1, Math.min(40, Math.round(total / expectedChapterWords(total))))
}
