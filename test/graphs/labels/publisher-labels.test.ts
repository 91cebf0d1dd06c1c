import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hasPublisherChapters,
  publisherChapterLabels,
  withPublisherAttributes,
} from '../../../graphs/labels/publisher-labels.ts'
import { createWorkspace } from '../../../graphs/workspace.ts'
import type { PublisherChapter } from '../../../src/content/item.ts'
import { segment } from '../../../src/content/transcript/segmenter.ts'
import type { Transcript } from '../../../src/content/transcript/segments.ts'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'
import type { Reading } from '../../../src/signals/reading/reading.ts'
import { bareRun } from '../../support/bare-run.ts'
import { readingOf } from '../../support/reading-of.ts'
import { talk } from '../../support/talk.ts'

/** A run whose transcript has been read, with the chapters that its publisher lists. */
function runWith(reading: Reading, transcript: Transcript | null, publisherChapters: PublisherChapter[] = []) {
  const workspace = createWorkspace()
  workspace.transcript.set({ transcript, text: null, publisherChapters, durationMs: 60_000, validators: {} })
  workspace.segment.set(reading.segments)
  const neighbourhood = { unavailable: null, space: null, items: [] }
  workspace.neighbours.set({ reading, neighbourhood, vectorsAway: false })
  return bareRun({ workspace })
}

function runOfMarkdown(markdown: string, listed: PublisherChapter[] = []) {
  const { transcript } = readTranscript(markdown, { name: 'talk.md' })
  const reading = { ...readingOf([]), text: transcript.text, segments: segment(transcript) }
  return { run: runWith(reading, transcript, listed), reading }
}

/** The chapters that an item gets from the headings of its transcript. */
function chaptersOf(markdown: string): { title: string; begins: string }[] {
  const { run, reading } = runOfMarkdown(markdown)
  return publisherChapterLabels(run).map(({ title, firstSegment }) => ({
    title,
    begins: reading.text.slice(reading.segments[firstSegment ?? 0]?.start).split('\n')[0] ?? '',
  }))
}

describe("a publisher's headings", () => {
  it('above the same words become one chapter with all their titles', () => {
    const markdown =
      '# Part one\n\n## Chapter one\n\nBees dance.\n\n## Why?\n### The reason\n\nThey do.\n\n# End\n\n## End\n\nBye.\n'
    expect(chaptersOf(markdown)).toEqual([
      { title: 'Part one: Chapter one', begins: 'Bees dance.' },
      { title: 'Why? The reason', begins: 'They do.' },
      { title: 'End', begins: 'Bye.' },
    ])
  })

  it('are all among the chapters, in order, wherever they are between paragraphs', () => {
    const blocks = fc.array(fc.constantFrom('heading', 'words'), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(blocks, (kinds) => {
        const lines = kinds.map((kind, n) => (kind === 'heading' ? `## Title ${n}` : `Sentence ${n} is said here.`))
        const titles = lines.flatMap((line) => (line.startsWith('## ') ? [line.slice(3)] : []))
        const chapters = chaptersOf([...lines, 'The last words.'].join('\n\n'))
        expect(chapters.flatMap(({ title }) => title.split(': '))).toEqual(titles)
      }),
    )
  })

  it("make chapters of the publisher's, and count as declared", () => {
    const { run } = runOfMarkdown('# Bees\n\nBees dance.\n')
    expect(hasPublisherChapters(run)).toBe(true)
    expect(publisherChapterLabels(run)).toMatchObject([{ origin: 'publisher', title: 'Bees' }])
    const { run: plain } = runOfMarkdown('Bees dance.\n')
    expect(hasPublisherChapters(plain)).toBe(false)
    expect(publisherChapterLabels(plain)).toEqual([])
  })
})

describe('the chapters that a publisher lists', () => {
  const reading = readingOf(['Welcome.', 'Bees dance.', 'They dance for flowers.', 'Hives hum.', 'Goodbye.'])
  const labels = (...listed: PublisherChapter[]) => publisherChapterLabels(runWith(reading, null, listed))

  it('come before the headings of the transcript, which make none then', () => {
    const { run } = runOfMarkdown('# Heading\n\nBees dance.\n', [{ startMs: 0, title: 'Listed' }])
    expect(publisherChapterLabels(run).map(({ title }) => title)).toEqual(['Listed'])
    expect(hasPublisherChapters(runWith(reading, null, [{ startMs: 0, title: 'Listed' }]))).toBe(true)
  })

  it('have the segments that begin in them, the times of the source and the publisher as origin', () => {
    const common = { timing: 'source', origin: 'publisher' }
    expect(labels({ startMs: 20_000, title: 'Flowers' }, { startMs: 0, title: 'Bees' })).toMatchObject([
      { ...common, title: 'Bees', startMs: 0, endMs: 20_000, firstSegment: 0, lastSegment: 1 },
      { ...common, title: 'Flowers', startMs: 20_000, endMs: 60_000, firstSegment: 2, lastSegment: 4 },
    ])
  })

  it('have no segments where none begin, and where no time is known', () => {
    const none = { firstSegment: null, lastSegment: null }
    expect(labels({ startMs: 11_000, endMs: 19_000, title: 'Short' })).toMatchObject([none])
    expect(labels({ startMs: null, title: 'Somewhere' })).toMatchObject([{ ...none, startMs: null, timing: null }])
  })

  it('have a key of time and title, which no other chapter shares', () => {
    const bees = { startMs: 0, title: 'Bees' }
    const [again, later, other] = [labels(bees), labels({ ...bees, startMs: 5 }), labels({ ...bees, title: 'Hives' })]
    const keys = [labels(bees), again, later, other].flatMap((made) => made.map(({ key }) => key))
    expect(keys[0]).toBe(keys[1])
    expect(new Set(keys).size).toBe(3)
  })
})

describe('what a publisher says about explicitness', () => {
  const measured = (key: 'tone' | 'explicit', value: string) => ({ key, name: key, value, score: 0.4 })
  const light = measured('tone', 'light')
  const attributes = { facet: 'attributes', labels: [light, measured('explicit', 'clean')] }

  it('takes the place of what was measured, and no other attribute changes', () => {
    const { labels } = withPublisherAttributes(attributes, talk({ explicit: true }))
    expect(labels).toMatchObject([
      light,
      { key: 'explicit', name: 'explicit', value: 'explicit', score: 1, origin: 'publisher', refs: [] },
    ])
  })

  it('is published even if nothing was measured', () => {
    expect(withPublisherAttributes(undefined, talk({ explicit: true })).labels).toMatchObject([{ value: 'explicit' }])
  })

  it.each([false, undefined])('leaves the measurement as it is if it is %s', (explicit) => {
    expect(withPublisherAttributes(attributes, talk({ explicit }))).toEqual(attributes)
    expect(withPublisherAttributes(undefined, talk({ explicit }))).toEqual({ facet: 'attributes', labels: [] })
  })
})
