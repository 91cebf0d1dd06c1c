import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderOutline } from '../../../graphs/prompts/outline.ts'
import { parseTranscriptBlock } from '../../../src/content/transcript/transcript-block.ts'
import { estimateTokens } from '../../../src/models/tokens.ts'
import { readingOf } from '../../support/reading-of.ts'

describe('the outline', () => {
  const { text, segments } = readingOf(
    Array.from({ length: 200 }, (_, n) => `Sentence number ${n} ${'goes on and on '.repeat(20)}`),
  )

  it('shows the beginning of every segment under its own number', () => {
    const read = parseTranscriptBlock(renderOutline(text, segments, { maxTokens: 8000 }))
    expect(read.map(({ index }) => index)).toEqual(segments.map(({ index }) => index))
    expect(read[7]?.text).toMatch(/^Sentence number 7 goes .*…$/)
  })

  it.each([8000, 4000, 2500, 1000, 300])('stays within %i tokens', (maxTokens) => {
    const outline = renderOutline(text, segments, { maxTokens })
    expect(estimateTokens(outline)).toBeLessThanOrEqual(maxTokens)
    expect(parseTranscriptBlock(outline).length).toBeGreaterThanOrEqual(Math.min(segments.length, maxTokens / 40))
  })

  it('shows as much of each segment as fits, and at most 120 characters of it', () => {
    const longest = (maxTokens: number) =>
      Math.max(...parseTranscriptBlock(renderOutline(text, segments, { maxTokens })).map(({ text }) => text.length))
    expect(longest(1_000_000)).toBeGreaterThan(110)
    expect(longest(1_000_000)).toBeLessThanOrEqual(120)
    expect(longest(6000)).toBeLessThanOrEqual(90)
    expect(longest(6000)).toBeGreaterThan(longest(3000))
    expect(longest(300)).toBeLessThanOrEqual(25)
  })

  it('leaves segments out only if not even their beginnings fit, and then at even distances from the first one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 4000 }), (maxTokens) => {
        const shown = parseTranscriptBlock(renderOutline(text, segments, { maxTokens })).map(({ index }) => index)
        const every = shown[1] ?? 1
        expect(shown).toEqual(segments.map(({ index }) => index).filter((index) => index % every === 0))
        if (every > 1) {
          const denser = segments.filter(({ index }) => index % (every - 1) === 0).length
          // A line of the shortest kind is less than 16 tokens.
          expect(denser * 16).toBeGreaterThan(maxTokens)
        }
      }),
    )
  })

  it('shows the first segment, however little fits, and nothing of an empty transcript', () => {
    expect(parseTranscriptBlock(renderOutline(text, segments, { maxTokens: 1 }))).toMatchObject([{ index: 0 }])
    expect(renderOutline('', [], { maxTokens: 1 })).toBe('')
  })
})
