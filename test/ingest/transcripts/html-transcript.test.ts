import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'

const turns = (html: string) => {
  const { format, transcript } = readTranscript(html)
  expect(format).toBe('html')
  return transcript.marks.map(({ start, end, speaker, startMs }) => [
    speaker,
    startMs,
    transcript.text.slice(start, end),
  ])
}
const textOf = (html: string) => readTranscript(html).transcript.text

describe('words of HTML', () => {
  it.each(
    'p div section article aside header blockquote pre address figure figcaption summary li dt dd td th tr caption'.split(
      ' ',
    ),
  )('are never joined at the edge of <%s>', (name) => {
    expect(textOf(`<div>Before<${name}>inside</${name}>after</div>`).split(/\s+/)).toEqual([
      'Before',
      'inside',
      'after',
    ])
  })

  it('are separate in the cells of a table and the terms of a list', () => {
    expect(textOf('<table><tr><td>Carol</td><td>Hello</td></tr><tr><td>Dan</td><td>Hi</td></tr></table>')).toBe(
      'Carol\n\nHello\n\nDan\n\nHi',
    )
    expect(textOf('<dl><dt>Ebb</dt><dd>The sea goes.</dd></dl>')).toBe('Ebb\n\nThe sea goes.')
  })

  it('keep their lines in <pre>', () => {
    expect(textOf('<pre>One line\n  and another</pre>')).toBe('One line\nand another')
  })

  it('are neither lost nor joined, whatever the elements', () => {
    const element = fc.constantFrom('p', 'div', 'td', 'pre', 'aside', 'dd', 'em', 'strong', 'span', 'h2')
    const elements = fc.array(fc.tuple(element, fc.boolean()), { maxLength: 20 })
    fc.assert(
      fc.property(elements, (list) => {
        const html = list.map(([name, closed], n) => `<${name}>word${n} ${closed ? `</${name}>` : ''}`).join('')
        const { text, headings } = readTranscript(`<div>Start ${html}<p>end</div>`).transcript
        const shown = [...headings.map(({ title }) => title), text].join(' ').split(/[\s:]+/)
        expect(shown.sort()).toEqual(['Start', 'end', ...list.map((_, n) => `word${n}`)].sort())
      }),
    )
  })

  it('are not taken for a name if a <cite> is never closed', () => {
    const words = 'and we went on '.repeat(20).trim()
    expect(textOf(`<p><cite>Ann</cite> Hello.</p><p><cite>${words}</p>`)).toBe(`Hello.\n\n${words}`)
  })
})

describe('<cite>', () => {
  it('names a speaker if it begins a paragraph or stands alone', () => {
    expect(turns('<p><cite>Ann:</cite> Hello.</p><p>More.</p><cite>Ben</cite><time>0:07</time><p>Hi.</p>')).toEqual([
      ['Ann', null, 'Hello.'],
      ['Ann', null, 'More.'],
      ['Ben', 7000, 'Hi.'],
    ])
  })

  it('names a speaker inside running text if a colon or a time follows', () => {
    expect(
      turns(
        '<div><cite>Ann</cite> <time>0:00</time> Hello. <cite>Ben</cite> <time>0:05</time> Hi. <cite>Ann:</cite> So.</div>',
      ),
    ).toEqual([
      ['Ann', 0, 'Hello.'],
      ['Ben', 5000, 'Hi.'],
      ['Ann', null, 'So.'],
    ])
  })

  it('is the title of a work anywhere else', () => {
    const html =
      '<cite>Ann</cite><p>Read <cite>Moby Dick</cite> last year, and <b><cite>Emma</cite></b>.</p><p>Twice.</p>'
    expect(turns(html)).toEqual([
      ['Ann', null, 'Read Moby Dick last year, and Emma.'],
      ['Ann', null, 'Twice.'],
    ])
  })
})

describe('a name in bold type', () => {
  it('begins a turn, with the colon inside or after it, in paragraphs and lines', () => {
    const html =
      '<p><strong>Dave:</strong> Hello, <strong>you:</strong> come in.</p><p>And sit.</p><p><b>Ann Lee</b>: Thanks.<br><b>Dave:</b> So.</p>'
    expect(turns(html)).toEqual([
      ['Dave', null, 'Hello, you: come in.'],
      ['Dave', null, 'And sit.'],
      ['Ann Lee', null, 'Thanks.'],
      ['Dave', null, 'So.'],
    ])
  })

  it('may stand alone above the words, after a time', () => {
    expect(turns('<p><time>0:03</time> <strong>Dave:</strong></p><p>Hello.</p>')).toEqual([['Dave', 3000, 'Hello.']])
  })

  it('is no name if it is a word, a sentence or only emphasis', () => {
    const html =
      '<p>We begin.</p><p><strong>Note:</strong> It rains.</p><p><b>Ann: this is all bold.</b></p><p><b>Very</b> wet.</p>'
    expect(turns(html)).toEqual([
      [null, null, 'We begin.'],
      [null, null, 'Note: It rains.'],
      [null, null, 'Ann: this is all bold.'],
      [null, null, 'Very wet.'],
    ])
  })
})
