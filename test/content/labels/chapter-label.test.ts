import { describe, expect, it } from 'vitest'
import { chapterLabel } from '../../../src/content/labels/chapter-label.ts'

const chapter = (firstSegment: number | null) => ({
  key: 'sha256:0',
  title: 'Bees',
  startMs: 0,
  endMs: 10,
  timing: 'source' as const,
  firstSegment,
  lastSegment: firstSegment,
  origin: 'model' as const,
})
const answer = (...starts: unknown[]) => ({ chapters: starts.map((firstSegment) => ({ title: 'A', firstSegment })) })

describe('a chapter', () => {
  it('is found in an answer by the segment with which it begins, whatever its title', () => {
    expect(chapterLabel.inAnswer(answer(0, 4, 9), chapter(4))?.pointer).toBe('/chapters/1')
    expect(chapterLabel.inAnswer(answer(0, 4, 9), chapter(5))).toBeNull()
  })

  it('that is the first one is the earliest of an answer, even if the model set a later start', () => {
    expect(chapterLabel.inAnswer(answer(7, 2, 9), chapter(0))?.pointer).toBe('/chapters/1')
    expect(chapterLabel.inAnswer(answer('two', 3), chapter(0))?.pointer).toBe('/chapters/1')
    expect(chapterLabel.inAnswer(answer('two'), chapter(0))).toBeNull()
  })

  it('without segments is in no answer', () => {
    expect(chapterLabel.inAnswer(answer(0, 4), chapter(null))).toBeNull()
    expect(chapterLabel.isOffered({ firstSegment: 0 }, chapter(null))).toBe(false)
  })

  it('is not judged, not searched for, and published as it is', () => {
    expect(chapterLabel.objected).toBe('not-asked')
    expect(chapterLabel.row(chapter(0))).toBeNull()
    expect(chapterLabel.publish([chapter(0)], () => [])).toEqual({ chapters: [chapter(0)] })
  })
})
