import { describe, expect, it } from 'vitest'
import { understandingTable } from '../../../src/cli/render/render-understanding.ts'
import { formatOf, renderUnderstanding } from '../../../src/cli/terminal/write-output.ts'
import { LABEL_TYPES } from '../../../src/content/labels/label-types.ts'
import { Understanding } from '../../../src/content/understanding-schema.ts'
import { glossaryLabel } from '../../docs/glossary-label.ts'
import { fakeTerminal } from '../fake-terminal.ts'
import { document, evidence } from '../samples.ts'

const terminal = fakeTerminal()
const show = (more: Partial<Understanding> = {}, titles: [string, string][] = []) =>
  understandingTable({ ...document, ...more }, { ...terminal, titles: new Map(titles) })

describe('an understanding for people', () => {
  it('is shown for any document that the product could publish', () => {
    expect(Understanding.safeParse(document).error).toBeUndefined()
  })

  it('shows below each label the words that support it, with time and speaker', () => {
    const text = show()
    expect(text).toMatch(
      /0\.81 {2}Hobbies › Beekeeping {2}iab-content-3\.1 258 · contested\n +“no queen, no hive” 1:02:03 · Ada {2}\+1/,
    )
    expect(text).toMatch(/Ada +person +×4\n +“I am Ada” 1:02:03 · Ada/)
    expect(text).toMatch(/low +Death and injury .*passing, documentary.*\n +“many bees died” description/)
    expect(text).toMatch(/format +interview {2}0\.81 · by the person\n +“we talk with Ada”/)
  })

  it('shows no quote for a claim that is its own quote', () => {
    expect(show().match(/bees dance/gi)).toHaveLength(2)
    expect(show()).toContain('“the hives, they hum” segment 3 · Ada')
  })

  it("marks interpolated times and the publisher's own labels", () => {
    expect(show()).toMatch(/ 0:00 {2}Start · by the publisher\n +~1:01 {2}Hives/)
  })

  it('says what is missing, and how the document was made', () => {
    const text = show()
    expect(text).toContain('partial')
    expect(text).toContain('attributes: no valid answer after 6 rounds')
    for (const fact of [
      'engine openai:m',
      '2.9 s',
      '120 tokens',
      '$0.5000',
      '8 verbatim, 1 mended, 2 refused',
      'after 1 revisions',
      '1 facets reused',
      'the index was away',
      'linernotes trace run-1',
    ])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(fact)
  })

  it('says a reason once, however many facets it affects', () => {
    const abstentions = ['topics', 'summary'].map((facet) => ({ facet, reason: 'the endpoint is away' }))
    expect(show({ abstentions })).toContain('topics, summary: the endpoint is away')
  })

  it('says that nothing sensitive was found only if that was looked for', () => {
    expect(show({ suitability: [] })).toContain('nothing sensitive was found')
    expect(show({ suitability: [], abstentions: [{ facet: 'suitability', reason: 'away' }] })).not.toContain(
      'nothing sensitive',
    )
  })

  it('shows offsets if the words may not be quoted', () => {
    const [topic] = document.topics
    const { quote: _, ...silent } = evidence('no queen, no hive')
    const topics = topic === undefined ? [] : [{ ...topic, evidence: [silent] }]
    expect(show({ topics })).toContain('characters 10–27 1:02:03 · Ada')
  })

  it('names similar items by their titles, by an id if they have none, and by both if two share a title', () => {
    const similar = ['bees-0', 'wasps', 'bees-9', 'gone'].map((itemId) => ({ itemId, score: 0.5 }))
    const titles: [string, string][] = [
      ['bees-0', 'On bees'],
      ['wasps', 'On wasps'],
      ['bees-9', ''],
    ]
    const named = show({ similar, duplicateOf: 'bees-0' }, titles)
      .split('\n')
      .flatMap((line) => /near-duplicate of (.*)$|0\.50 {2}(.*)$/.exec(line)?.slice(1).filter(Boolean) ?? [])
    expect(named).toEqual(['On bees bees-0', 'On bees bees-0', 'On wasps', 'bees-9', 'gone'])
  })

  it('shows facets that somebody added, with titles and words', () => {
    const draft = { key: 'brood', term: 'brood', refs: [] }
    const { extra = {} } = glossaryLabel.publish([draft], () => [evidence('the young are the brood')])
    const text = understandingTable({ ...document, extra }, { ...terminal, titles: new Map() }, [
      glossaryLabel,
      ...LABEL_TYPES,
    ])
    expect(text).toMatch(
      /Attributes\n[\s\S]*\nGlossary\n {2}brood\n {4}“the young are the brood” 1:02:03 · Ada\n\nSimilar\n/,
    )
  })

  it('heads each facet with the title of its type', () => {
    const text = show()
    for (const { title } of LABEL_TYPES) expect(text).toContain(`\n${title}\n`)
  })

  it('lets no content control the terminal', () => {
    const item = { ...document.item, title: 'On \u001b[2Jbees\u0007' }
    expect(show({ item })).not.toMatch(/[^\P{Cc}\n]/u)
  })

  it('works for an item about which nothing is known', () => {
    const text = show({
      summary: null,
      topics: [],
      entities: [],
      chapters: [],
      suitability: [],
      attributes: {},
      similar: [],
      abstentions: [],
    })
    expect(text).toContain('On bees')
    expect(text).not.toContain('Topics')
  })
})

describe('the formats of a document', () => {
  const entries = [{ itemId: 'bees-0', title: 'Of hives' }]
  const client = { similar: async () => ({ entries }) }

  it('need titles of similar items only in formats for people', async () => {
    expect(await renderUnderstanding(document, 'table', { terminal, client })).toContain('0.50  Of hives\n')
  })

  it('are a table for people and JSON for programs, unless one is named', () => {
    expect(formatOf({}, { outIsTerminal: true })).toBe('table')
    expect(formatOf({}, { outIsTerminal: false })).toBe('json')
    expect(formatOf({ json: true }, { outIsTerminal: true })).toBe('json')
    expect(formatOf({ format: 'table' }, { outIsTerminal: false })).toBe('table')
    expect(() => formatOf({ format: 'table', json: true }, { outIsTerminal: true })).toThrow(/different formats/)
  })

  it('are the document itself, or made from it', async () => {
    const render = async (format: Parameters<typeof renderUnderstanding>[1], line = false) =>
      JSON.parse(await renderUnderstanding(document, format, { terminal, client, line }))
    expect(await render('json')).toEqual(document)
    expect(await render('openrtb')).toMatchObject({ cattax: 9 })
    expect(await render('chapters')).toMatchObject({ version: '1.2.0' })
    expect(await render('jsonld')).toMatchObject({ '@context': 'https://schema.org' })
    expect(await renderUnderstanding(document, 'json', { terminal, client, line: true })).toMatch(/^\{[^\n]*\}\n$/)
  })
})
