import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../../graphs/prompts/template.ts'

describe('a template', () => {
  it('has its places in the order of the text, whatever the order of the names', () => {
    const read = parseTemplate('{{b}}, then {{a}}', ['a', 'b'])
    expect(read).toMatchObject({ ok: true, value: { text: '{{b}}, then {{a}}', placeholders: ['b', 'a'] } })
  })

  it('is filled in one pass, so that content cannot use its places', () => {
    const template = parseTemplate('{{a}} and {{b}}', ['a', 'b'])
    expect(template.ok && template.value.fill({ a: '{{b}} $& $1', b: 'B' })).toBe('{{b}} $& $1 and B')
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(template.ok && template.value.fill({ a, b })).toBe(`${a} and ${b}`)
      }),
    )
  })

  it('has nothing at a place for which no value is given', () => {
    const template = parseTemplate('[{{a}}]', ['a'])
    expect(template.ok && template.value.fill({})).toBe('[]')
  })

  it.each([
    ['{{a}} {{c}}', ['a', 'b'], 'there is no place called {{c}}; there are: {{a}}, {{b}}'],
    ['{{ a }}', ['a'], 'there is no place called {{ a }}; there are: {{a}}'],
    ['{{a}}', [], 'there is no place called {{a}}; there are: none'],
    ['only {{a}}', ['a', 'b', 'c'], 'the text lacks {{b}}, {{c}}'],
    ['{{a}} {{b}} {{a}}', ['a', 'b'], '{{a}} may stand in the text only once'],
  ])('"%s" with the names %j says what is wrong', (text, names, problem) => {
    expect(parseTemplate(text, names)).toEqual({ ok: false, problem })
  })

  it('of a text without places is the text', () => {
    const template = parseTemplate('Braces {like} these {{ are { no }} places', [])
    expect(template.ok && template.value.fill({})).toBe('Braces {like} these {{ are { no }} places')
  })
})
