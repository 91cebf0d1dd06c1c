import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeOfSpan } from '../../../src/content/transcript/span-time.ts'

const mark = (start: number, end: number, startMs: number | null, endMs: number | null) => ({
  start,
  end,
  startMs,
  endMs,
  speaker: null,
})
const MARKS = [mark(0, 10, 0, 1000), mark(10, 30, 1000, 5000)]
const UNKNOWN = { startMs: null, endMs: null, timing: null }

describe('the times of a part of a text', () => {
  it('are those of the source at the ends of its marks', () => {
    expect(timeOfSpan(MARKS, 0, 10)).toEqual({ startMs: 0, endMs: 1000, timing: 'source' })
    expect(timeOfSpan(MARKS, 0, 30)).toEqual({ startMs: 0, endMs: 5000, timing: 'source' })
  })

  it('are interpolated inside a mark, and say so', () => {
    expect(timeOfSpan(MARKS, 5, 10)).toEqual({ startMs: 500, endMs: 1000, timing: 'interpolated' })
    expect(timeOfSpan(MARKS, 0, 20)).toEqual({ startMs: 0, endMs: 3000, timing: 'interpolated' })
  })

  it('are not known where no mark is touched, and where a mark has no start', () => {
    expect(timeOfSpan(MARKS, 30, 40)).toEqual(UNKNOWN)
    expect(timeOfSpan([], 0, 10)).toEqual(UNKNOWN)
    expect(timeOfSpan([mark(0, 10, null, 1000)], 0, 10)).toEqual(UNKNOWN)
  })

  it('have a start without an end if the source says no end', () => {
    const open = [mark(0, 10, 200, null)]
    expect(timeOfSpan(open, 0, 10)).toEqual({ startMs: 200, endMs: null, timing: 'source' })
    expect(timeOfSpan(open, 4, 8)).toEqual({ startMs: 200, endMs: 200, timing: 'interpolated' })
  })

  it('never end before they start, also if the times of the source run backwards', () => {
    const time = fc.option(fc.nat(10_000))
    fc.assert(
      fc.property(fc.array(fc.tuple(time, time), { maxLength: 8 }), fc.nat(80), fc.nat(80), (times, a, b) => {
        const marks = times.map(([startMs, endMs], n) => mark(n * 10, n * 10 + 10, startMs, endMs))
        const { startMs, endMs, timing } = timeOfSpan(marks, Math.min(a, b), Math.max(a, b))
        if (startMs !== null && endMs !== null) expect(endMs).toBeGreaterThanOrEqual(startMs)
        expect(timing === null).toBe(startMs === null)
      }),
    )
  })
})
