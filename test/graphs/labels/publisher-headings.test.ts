import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chapterLabels } from '../../../graphs/labels/chapter-labels.ts'
import { segment } from '../../../src/content/transcript/segmenter.ts'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'

/** The chapters that an item gets from the headings of its transcript. */
function chaptersOf(markdown: string): { title: string; begins: string }[] {
  const { transcript } = readTranscript(markdown, { name: 'talk.md' })
  const segments = segment(transcript)
  const starts = transcript.headings.flatMap(({ title, start }) => {
    const first = segments.find(({ end }) => end > start)
    return first === undefined ? [] : [{ title, firstSegment: first.index }]
  })
  return chapterLabels(starts, { segments, text: transcript.text }, 'publisher', null).map(
    ({ title, firstSegment }) => ({
      title,
      begins: transcript.text.slice(segments[firstSegment ?? 0]?.start).split('\n')[0] ?? '',
    }),
  )
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

  it('are left out with a note if no words follow them', () => {
    const { transcript } = readTranscript('# One\n\nBees dance.\n\n# Links\n\n## Credits\n')
    expect(transcript.headings).toEqual([{ title: 'One', start: 0, startMs: null }])
    expect(transcript.warnings).toEqual(['2 headings at the end with no words below are left out.'])
    expect(readTranscript('# One\n\nBees dance.\n\n# Links\n', { dropHeadings: true }).transcript.warnings).toEqual([])
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
})
