import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockLine } from '../../../src/content/transcript/clock-line.ts'

const mark = (start: number, end: number, startMs: number | null, endMs: number | null) => ({
  start,
  end,
  startMs,
  endMs,
  speaker: null,
})
const UNKNOWN = { ms: null, timing: null }

describe('the times of a transcript', () => {
  const line = clockLine([mark(0, 10, 0, 1000), mark(20, 30, 3000, 4000)])

  it('are those of the source at the ends of its marks', () => {
    expect([line.startsAt(0), line.startsAt(20)]).toEqual([
      { ms: 0, timing: 'source' },
      { ms: 3000, timing: 'source' },
    ])
    expect([line.endsAt(10), line.endsAt(30)]).toEqual([
      { ms: 1000, timing: 'source' },
      { ms: 4000, timing: 'source' },
    ])
  })

  it('are interpolated inside marks and between them', () => {
    expect(line.startsAt(5)).toEqual({ ms: 500, timing: 'interpolated' })
    expect(line.endsAt(15)).toEqual({ ms: 2000, timing: 'interpolated' })
  })

  it('are unknown before the first one, after the last one and where there is none', () => {
    const late = clockLine([mark(10, 20, 1000, 2000)])
    expect([late.startsAt(5), late.startsAt(25)]).toEqual([UNKNOWN, UNKNOWN])
    expect(clockLine([]).startsAt(0)).toEqual(UNKNOWN)
    expect(clockLine([mark(0, 10, null, null)]).endsAt(10)).toEqual(UNKNOWN)
  })

  it('leave out those of a source that run backwards', () => {
    const back = clockLine([mark(0, 10, 5000, 6000), mark(10, 20, 1000, 2000), mark(20, 30, 8000, 9000)])
    expect(back.startsAt(10)).toEqual({ ms: 6000, timing: 'interpolated' })
    expect(back.startsAt(20)).toEqual({ ms: 8000, timing: 'source' })
  })

  it('never run backwards, whatever the source says', () => {
    const time = fc.option(fc.nat(10_000))
    fc.assert(
      fc.property(fc.array(fc.tuple(time, time), { maxLength: 8 }), (times) => {
        const { startsAt } = clockLine(times.map(([from, to], n) => mark(n * 10, n * 10 + 9, from, to)))
        const known = Array.from({ length: 90 }, (_, offset) => startsAt(offset).ms).filter((ms) => ms !== null)
        expect(known).toEqual(known.toSorted((a, b) => a - b))
      }),
    )
  })
})
