import { expect, test } from 'vitest'
import { chapterCount } from '../../../src/signals/chapters/chapter-count.ts'
import { makeReading } from '../reading/make-reading.ts'

const sentences = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `On day ${i} the keeper of the light wrote down which ships had gone by in the fog.`,
  )

test('a song and a few minutes of talk are one chapter', () => {
  expect(chapterCount(makeReading(sentences(200), { kind: 'song' }))).toBe(1)
  expect(chapterCount(makeReading(sentences(20)))).toBe(1)
})

test('more words make more chapters, and longer ones', () => {
  const [short, long, longest] = [42, 160, 800].map((n) => chapterCount(makeReading(sentences(3 * n))))
  expect(short).toBeGreaterThan(1)
  expect(long).toBeGreaterThan(short ?? 0)
  expect(longest).toBeLessThan(5 * (long ?? 0))
})
