import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PublisherChapter } from '../../src/content/item.ts'
import { ChaptersError, readChapters } from '../../src/ingest/chapters-file.ts'

describe('Podcasting 2.0 chapters', () => {
  it('are read in order of time, without hidden ones and without those that lack a title or a time', () => {
    const json = JSON.stringify({
      version: '1.2.0',
      chapters: [
        { startTime: 168.25, title: 'Second', img: 'https://x/y.jpg' },
        { startTime: 0, endTime: 168, title: ' First\u202e ' },
        { startTime: 90, title: 'A picture', toc: false },
        { startTime: 95 },
        { startTime: -3, title: 'never' },
        { startTime: '00:05:00', endTime: 1, title: 'Third' },
        'nonsense',
      ],
    })
    expect(readChapters(Buffer.from(`\uFEFF${json}`))).toEqual([
      { startMs: 0, endMs: 168_000, title: 'First' },
      { startMs: 168_250, title: 'Second' },
      { startMs: 300_000, title: 'Third' },
    ])
  })

  it.each(['', 'hello', '[]', '{"chapters":{}}', '{"chapters":[', '['.repeat(200_000)])('are refused: %#', (text) => {
    expect(() => readChapters(text)).toThrow(ChaptersError)
  })

  it('are valid, whatever the JSON holds', () => {
    const entry = fc.record({
      startTime: fc.oneof(fc.double(), fc.string()),
      endTime: fc.anything(),
      title: fc.string({ maxLength: 2000, unit: 'binary' }),
      toc: fc.anything(),
    })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (chapters) => {
        for (const chapter of readChapters(JSON.stringify({ chapters })))
          expect(PublisherChapter.safeParse(chapter).error).toBeUndefined()
      }),
    )
  })
})
