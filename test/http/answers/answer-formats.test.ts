import { describe, expect, it } from 'vitest'
import { negotiate, render } from '../../../src/http/answers/answer-formats.ts'
import { publishedEpisode } from '../../content/formats/published.ts'

describe('content negotiation', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['application/ld+json', 'jsonld'],
    ['application/json+chapters', 'chapters'],
    ['application/*', 'json'],
    ['text/html, application/ld+json;q=0.9, */*;q=0.1', 'jsonld'],
    ['application/json;q=0.2, application/json+chapters;q=0.5', 'chapters'],
    ['application/json;q=0, */*', 'chapters'],
    ['APPLICATION/LD+JSON', 'jsonld'],
  ])('the header %s selects %s', (accept, format) => expect(negotiate(accept)).toBe(format))

  it.each(['text/html', 'application/json;q=0', 'image/*', 'nonsense'])('the header %s selects no format', (accept) =>
    expect(() => negotiate(accept)).toThrow(/ask for one of application\/json/),
  )

  it.each([
    ['json', 'application/json', 'schema'],
    ['openrtb', 'application/json', 'cattax'],
    ['chapters', 'application/json+chapters', 'chapters'],
    ['jsonld', 'application/ld+json', '@context'],
  ] as const)('renders %s as %s', (format, type, member) => {
    const rendered = render(publishedEpisode(), format)
    expect(rendered.type).toBe(type)
    expect(JSON.parse(rendered.body)).toHaveProperty([member])
  })
})
