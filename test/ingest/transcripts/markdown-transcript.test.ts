import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutMarkdownHeadings } from '../../../src/ingest/transcripts/markdown-transcript.ts'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'

const read = (text: string) => readTranscript(text, { name: 'talk.md' }).transcript
const titles = (text: string) => read(text).headings.map(({ title }) => title)

describe('headings of Markdown', () => {
  it('are left out with a note if no words follow them', () => {
    const { transcript } = readTranscript('# One\n\nBees dance.\n\n# Links\n\n## Credits\n')
    expect(transcript.headings).toEqual([{ title: 'One', start: 0, startMs: null }])
    expect(transcript.warnings).toEqual(['2 headings at the end with no words below are left out.'])
    expect(readTranscript('# One\n\nBees dance.\n\n# Links\n', { dropHeadings: true }).transcript.warnings).toEqual([])
  })

  it('above all others is the title of the document, and no chapter', () => {
    const text = '# On *bees*\n\n## Hives\n\nThey hum.\n\n## Queens\n\nThey lay.\n'
    expect(titles(text)).toEqual(['Hives', 'Queens'])
    expect(readTranscript(text).metadata.title).toBe('On bees')
    expect(readTranscript(`---\ntitle: Bees\n---\n${text}`).metadata.title).toBe('Bees')
    // Two of the first rank are parts, and one with words of its own is a chapter.
    expect(titles(`${text}\n# Wasps\n\nThey sting.\n`)).toEqual(['On bees: Hives', 'Queens', 'Wasps'])
    expect(titles('# On bees\n\nWelcome.\n\n## Hives\n\nThey hum.\n')).toEqual(['On bees', 'Hives'])
  })

  it('may be underlined', () => {
    const text = 'Introduction\n====\n\nWelcome.\n\nTwo *bulges*\n----\nAnn speaks.\n\nWhy? Because.\n===\nYes.\n'
    expect(titles(text)).toEqual(['Introduction', 'Two bulges', 'Why? Because.'])
    expect(read(text).text).toBe('Welcome.\n\nAnn speaks.\n\nYes.')
    expect(readTranscript(text).format).toBe('markdown')
  })

  it.each([
    ['a sentence above a rule', 'Welcome to the show.\n---\nNow we begin.'],
    ['a turn above a rule', 'Ann: welcome to the show\n---\nBen: thank you'],
    ['the last line of a paragraph', 'Welcome to the show\nand sit down\n---\nNow we begin.'],
    ['a long line', `${'and then we went on '.repeat(4)}\n---\nNow we begin.`],
    ['a line of a list', '- milk\n---\nNow we begin.'],
    ['words between rules', 'One.\n\n---\nwords between\n---\nNow we begin.'],
  ])('are never taken for speech: %s', (_, text) => {
    const words = (from: string) => from.match(/\p{L}+/gu)
    expect(titles(text)).toEqual([])
    expect(words(read(text).text)).toEqual(words(text.replace(/Ann:|Ben:/g, '')))
  })

  it('are not recognised inside a code block', () => {
    const text =
      '# One\n\nLook:\n\n```sh\n# not a heading\nNor this\n----\n```\n\n~~~\n```\n# nor this\n~~~\n\n## Two\n\nDone.\n'
    expect(titles(text)).toEqual(['One', 'Two'])
    expect(read(text).text).toContain('# not a heading')
  })

  it('are recognised below a fence that is never closed', () => {
    expect(titles('# One\n\nHello.\n\n```\n\n## Two\n\nDone.\n')).toEqual(['One', 'Two'])
  })

  it('can be removed from the source, and the speech stays the same', () => {
    const line = fc.constantFrom(
      ...[
        '# One',
        '## Two ##',
        'Title',
        '====',
        '----',
        '---',
        '',
        '',
        '```',
        '~~~~',
        '- item',
        'Ann: Yes.',
        'Words are said.',
      ],
      ...['    # code', '<!-- # no -->', '[a]: https://a.example', 'title: x'],
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const source = ['First words are said.', '', ...lines, '', 'Last words.'].join('\n')
        const bare = withoutMarkdownHeadings(source)
        expect(read(bare).text).toBe(read(source).text)
        expect(read(bare).headings).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('leave the front matter in place when they are removed', () => {
    expect(withoutMarkdownHeadings('---\ntitle: x\n# comment\n---\n# One\nHello.\n')).toBe(
      '---\ntitle: x\n# comment\n---\n\nHello.\n',
    )
  })
})
