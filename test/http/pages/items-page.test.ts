import fc from 'fast-check'
import { parseDocument } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { ItemsPage } from '../../../src/http/pages/items/page.tsx'
import { talk } from '../../support/talk.ts'

interface Mark {
  start: number
  end: number
}

/** The page of a search that found one place. */
function pageOf(quote: string, start: number, marks: Mark[]): string {
  const item = {
    id: 'a',
    kind: 'talk',
    title: 'A talk',
    item: talk(),
    createdAt: 0,
    updatedAt: 0,
    current: null,
  } as const
  const place = { segment: 0, score: 1, text: null, start, end: start + quote.length, startMs: null, endMs: null }
  const found = [{ item, score: 1, segments: [{ ...place, quote, marks }] }]
  const search = { found, compared: 1, behind: 0, abstention: null }
  return String(ItemsPage({ filter: { q: 'q' }, topics: [], items: [], next: null, search }))
}

type Node = ReturnType<typeof parseDocument>['children'][number]

/** The text of the place that was found, and what of it is marked. */
function shown(html: string): { text: string; marked: string[] } {
  const marked: string[] = []
  const textOf = (node: Node): string => {
    if ('data' in node) return node.data
    const text = 'children' in node ? node.children.map(textOf).join('') : ''
    if ('name' in node && node.name === 'mark') marked.push(text)
    return text
  }
  const quoteOf = (node: Node): Node | undefined => {
    if ('attribs' in node && node.attribs.class === 'quote') return node
    return 'children' in node ? node.children.map(quoteOf).find((one) => one !== undefined) : undefined
  }
  const quote = parseDocument(html)
    .children.map(quoteOf)
    .find((one) => one !== undefined)
  return { text: quote === undefined ? '' : textOf(quote), marked }
}

describe('what a search found', () => {
  it('has the matched words in <mark>, wherever in its text the quote stands', () => {
    const quote = 'Why wild bees need poor soil.'
    const html = pageOf(quote, 100, [
      { start: 104, end: 108 },
      { start: 109, end: 113 },
    ])
    expect(html).toContain('Why <mark>wild</mark> <mark>bees</mark> need poor soil.')
  })

  it('without marks is shown without any', () => {
    expect(pageOf('Nothing is lit.', 7, [])).not.toContain('<mark>')
  })

  it('is whole and as it was said, whatever is marked in it, and markup in it is only shown', () => {
    const words = fc.array(fc.record({ word: fc.stringMatching(/^[a-zäß<>&"' ]{1,8}$/), lit: fc.boolean() }), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(words, fc.nat(5000), (parts, start) => {
        const quote = parts.map(({ word }) => word).join('|')
        let at = start
        const marks = parts.flatMap(({ word, lit }) => {
          const mark = { start: at, end: at + word.length }
          at = mark.end + 1
          return lit ? [mark] : []
        })
        const { text, marked } = shown(pageOf(quote, start, marks))
        expect(text).toBe(`§0 ${quote}`)
        expect(marked).toEqual(parts.flatMap(({ word, lit }) => (lit ? [word] : [])))
      }),
    )
  })
})
