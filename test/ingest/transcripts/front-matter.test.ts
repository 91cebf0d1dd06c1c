import { describe, expect, it } from 'vitest'
import { frontMatterOf } from '../../../src/ingest/transcripts/front-matter.ts'

const block = (...lines: string[]) => `---\n${lines.join('\n')}\n---\n`
const read = (...lines: string[]) => frontMatterOf(`${block(...lines)}Words.`)

describe('the front matter of a text', () => {
  it('is what the publisher says of it, and is cut off with its rules', () => {
    const lines = [
      'title: " Looms "',
      'date: 2026-05-04',
      'speakers: [Ada, 7, Charles]',
      'tags: weaving',
      'summary: ""',
      'Description: Of cards.',
    ]
    expect(read(...lines)).toEqual({
      metadata: {
        title: 'Looms',
        date: '2026-05-04',
        speakers: ['Ada', 'Charles'],
        tags: ['weaving'],
        summary: 'Of cards.',
      },
      warnings: [],
      length: block(...lines).length,
    })
  })

  it('may be empty, end with dots, and end the text', () => {
    expect(frontMatterOf('---\n\n---\n')).toMatchObject({ metadata: {}, length: 9 })
    expect(frontMatterOf('---\ntitle: Looms\n...')).toMatchObject({ metadata: { title: 'Looms' }, length: 20 })
  })

  it('is only at the start, between two rules', () => {
    expect(frontMatterOf(`\n${block('title: Looms')}`)).toBeNull()
    expect(frontMatterOf('---\ntitle: Looms\n')).toBeNull()
    expect(frontMatterOf('title: Looms')).toBeNull()
  })
})

describe('what stands between two rules and is no front matter', () => {
  it('is speech, with labels or without', () => {
    expect(read('Host: Welcome to the show.', 'Guest: Thank you.')).toBeNull()
    expect(read('Host: Yes', 'Guest: No', 'Host: Yes')).toBeNull()
    expect(read('It was a long night, and nobody slept.')).toBeNull()
  })

  it('is a list', () => {
    expect(read('- one', '- two')).toBeNull()
  })

  it('is told from a map that says who speaks', () => {
    expect(read('speaker: Ada', 'mood: It was a long night.')?.metadata).toEqual({ speakers: ['Ada'] })
  })
})

describe('front matter that cannot be read as a whole', () => {
  it('is read as far as possible, with a warning', () => {
    const found = read('title: Looms', 'tags: [weaving')
    expect(found?.metadata.title).toBe('Looms')
    expect(found?.warnings).toEqual([expect.stringContaining('as far as possible')])
  })

  it('is ignored with a warning where it would take too long: long, deep, full of aliases, with maps for keys', () => {
    const ignored = { metadata: {}, warnings: ['The front matter could not be read and was ignored.'] }
    expect(read('title: Looms', `summary: ${'x'.repeat(20_000)}`)).toMatchObject(ignored)
    expect(read('title: Looms', `tags: ${'['.repeat(40)}${']'.repeat(40)}`)).toMatchObject(ignored)
    expect(read('title: &a Looms', `tags: [${Array.from({ length: 51 }, () => '*a').join(', ')}]`)).toMatchObject(
      ignored,
    )
    expect(read('title: Looms', '? {a: b}', ': c')).toMatchObject(ignored)
  })
})
