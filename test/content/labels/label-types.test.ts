import { describe, expect, it } from 'vitest'
import { applyDecisions } from '../../../graphs/labels/apply-decisions.ts'
import { settle } from '../../../graphs/publication/settle.ts'
import { claimKey } from '../../../src/content/labels/claim-label.ts'
import { documentLabels } from '../../../src/content/labels/document-labels.ts'
import type { EvidenceOf } from '../../../src/content/labels/label-type.ts'
import {
  type AnyLabelType,
  FACETS,
  FacetLabels,
  LABEL_TYPES,
  labelType,
} from '../../../src/content/labels/label-types.ts'
import type { Finding } from '../../../src/content/understanding-schema.ts'
import { labelChanges } from '../../../src/replay/divergence/label-changes.ts'
import { labelAt } from '../../../src/trace/why/label-pointer.ts'
import { glossaryLabel } from '../../docs/glossary-label.ts'
import { publishedEpisode } from '../formats/published.ts'

const refs = [{ source: 'transcript', segment: 0, quote: 'The hive hums.' }]
const judged = { score: 0.4, contested: false, origin: 'model', refs }

/** A draft of each facet, the answer in which a model wrote it, and the candidate that its prompt offered for it. */
const SAMPLES: Record<string, { draft: unknown; answer: unknown; candidate: unknown }> = {
  topics: {
    draft: {
      key: 'iab-content-3.1/258',
      taxonomy: 'iab-content-3.1',
      id: '258',
      name: 'Beekeeping',
      path: ['Hobbies & Interests', 'Beekeeping'],
      ...judged,
    },
    answer: { topics: [{ id: '1' }, { id: '258', evidence: refs }] },
    candidate: { id: '258', path: ['Hobbies & Interests', 'Beekeeping'], score: 0.7 },
  },
  entities: {
    draft: {
      key: 'person/ada lovelace',
      name: 'Ada Lovelace',
      type: 'person',
      aliases: [],
      salience: 1,
      mentions: 2,
      ...judged,
    },
    answer: {
      entities: [
        { name: 'Ada', type: 'person' },
        { name: 'ADA  Lovelace', type: 'person' },
      ],
    },
    candidate: { name: 'Ada Lovelace', type: 'person' },
  },
  chapters: {
    draft: {
      key: 'sha256:5',
      title: 'Hives',
      startMs: null,
      endMs: null,
      timing: null,
      firstSegment: 5,
      lastSegment: 7,
      origin: 'model',
    },
    answer: {
      chapters: [
        { title: 'Start', firstSegment: 0 },
        { title: 'Of hives', firstSegment: 5 },
      ],
    },
    candidate: { title: 'Hives and bees', firstSegment: 5 },
  },
  suitability: {
    draft: {
      key: 'crime-harmful-acts',
      category: 'crime-harmful-acts',
      name: 'Crime',
      risk: 'medium',
      prevalence: 'recurring',
      treatment: 'documentary',
      ...judged,
    },
    answer: { categories: [{ category: 'debated-issues' }, { category: 'crime-harmful-acts' }] },
    candidate: { category: 'crime-harmful-acts', score: 0.5 },
  },
  summary: {
    draft: {
      key: claimKey({ text: 'The hive hums.' }),
      text: 'The hive hums.',
      short: true,
      refs,
    },
    answer: { claims: [{ text: 'A hive is warm.' }, { text: 'The hive hums.' }] },
    candidate: { text: 'The hive hums.', evidence: refs },
  },
  attributes: {
    draft: { key: 'format', name: 'format', value: 'interview', ...judged },
    answer: { tone: { value: 'light' }, format: { value: 'interview', evidence: refs } },
    candidate: { name: 'format', value: 'interview', score: 0.5 },
  },
  glossary: {
    draft: { key: 'neap tide', term: 'neap tide', refs },
    answer: {
      terms: [
        { term: 'spring tide', segment: 1 },
        { term: 'Neap tide', segment: 2 },
      ],
    },
    candidate: { term: 'neap tide' },
  },
}

const evidenceOf: EvidenceOf = (given) =>
  given.map(({ source, segment, quote = '' }) => ({
    kind: 'text' as const,
    source,
    text: `sha256:${'0'.repeat(64)}` as const,
    segment,
    quote,
    start: 0,
    end: quote.length,
    startMs: null,
    endMs: null,
    timing: null,
    speaker: null,
    match: 'verbatim' as const,
  }))

// Who has followed the guide has the type of the guide already.
const types: readonly AnyLabelType[] = FACETS.includes(glossaryLabel.facet)
  ? LABEL_TYPES
  : [...LABEL_TYPES, glossaryLabel]
const cases = types.map((type) => [type.facet, type] as const)
const sampleOf = (facet: string) => {
  const sample = SAMPLES[facet]
  if (sample === undefined) throw new Error(`give the label type "${facet}" a sample here`)
  return { ...sample, draft: typeOf(facet).draft.parse(sample.draft) }
}
const typeOf = (facet: string) => types.find((type) => type.facet === facet) ?? labelType(facet)

/** A document that holds one label of a facet and nothing else. */
function documentWith(type: AnyLabelType) {
  const { draft } = sampleOf(type.facet)
  const empty = { summary: null, topics: [], entities: [], chapters: [], suitability: [], attributes: {} }
  return publishedEpisode({ ...empty, ...type.publish([draft], evidenceOf) })
}

describe.each(cases)('a label of the facet %s', (_, type) => {
  const { draft, answer, candidate } = sampleOf(type.facet)

  it('keeps its key and what it says from the draft to the document', () => {
    const [label, ...others] = type.published(documentWith(type))
    expect(others).toEqual([])
    expect(label?.fields.key).toBe(draft.key)
    expect(label && type.name(label.fields)).toBe(type.name(draft))
    expect(label?.value).toMatchObject({ key: draft.key })
  })

  it('stands where its pointer says, in the document and before it is published', () => {
    const document: unknown = documentWith(type)
    const [label] = type.published(documentWith(type))
    expect(type.pointer(draft, 0)).toBe(label?.pointer)
    const steps = (label?.pointer ?? '').slice(1).split('/')
    const found = steps.reduce((value, step) => Object(value)[step], document)
    expect(found).toEqual(label?.value)
  })

  it('has evidence in the document exactly where its draft has references', () => {
    const [label] = type.published(documentWith(type))
    if (draft.refs === undefined) expect(label?.value).not.toHaveProperty('evidence')
    else expect(label?.value).toMatchObject({ evidence: [{ quote: 'The hive hums.' }] })
  })

  it('is found in a model’s answer and among candidates, and no other is', () => {
    const found = type.inAnswer(answer, draft)
    const steps = (found?.pointer ?? '').slice(1).split('/')
    expect(steps.reduce((value, step) => Object(value)[step], answer)).toBe(found?.entry)
    expect(type.isOffered(candidate, draft)).toBe(true)
    expect(type.isOffered({}, draft)).toBe(false)
    for (const nothing of [null, 'text', [], {}, { [type.facet]: 5 }]) expect(type.inAnswer(nothing, draft)).toBeNull()
  })
})

const shipped = LABEL_TYPES.map((type) => [type.facet, type] as const)

describe.each(shipped)('all that handles labels, given one of %s', (facet, type) => {
  const { draft } = sampleOf(facet)
  const assembled = { [facet]: { facet, labels: [draft] } }
  const finding = (severity: Finding['severity']): Finding => ({
    by: 'critique',
    agent: facet,
    pointer: '/elsewhere/9',
    key: draft.key,
    severity,
    message: '',
  })

  it('reads what was stored, and refuses what lacks its key', () => {
    expect(FacetLabels.parse(JSON.parse(JSON.stringify({ facet, labels: [draft] })))).toEqual({
      facet,
      labels: [draft],
    })
    expect(FacetLabels.safeParse({ facet, labels: [{ ...draft, key: undefined }] }).error?.issues[0]?.path).toEqual([
      'labels',
      0,
      'key',
    ])
  })

  it('lists it once, with the key that decisions, diff and why go by', () => {
    const document = documentWith(type)
    expect(documentLabels(document)).toMatchObject([{ facet, key: draft.key, name: type.name(draft) }])
    const [label] = documentLabels(document)
    expect(labelAt(document, label?.pointer ?? '')).toMatchObject({ kind: 'label', label: { key: draft.key } })
    const empty = publishedEpisode({
      summary: null,
      topics: [],
      entities: [],
      chapters: [],
      suitability: [],
      attributes: {},
    })
    expect(labelChanges(empty, document)).toEqual({
      gained: [{ facet, key: draft.key, name: type.name(draft) }],
      lost: [],
    })
    expect(labelChanges(document, document)).toEqual({ gained: [], lost: [] })
  })

  it('settles an objection by its key and not by its place', () => {
    const { settled, withheld } = settle(assembled, [finding('contest')])
    const left = settled[facet]?.labels ?? []
    switch (type.objected) {
      case 'contest':
        expect(left).toEqual([{ ...draft, contested: true }])
        break
      case 'omit':
        expect([left, withheld]).toEqual([[], []])
        break
      case 'review':
        expect([left, withheld]).toMatchObject([[], [{ facet, label: { key: draft.key } }]])
        break
      case 'not-asked':
        expect(left).toEqual([draft])
        break
    }
    expect(settle(assembled, [{ ...finding('drop'), key: 'another' }]).settled).toEqual(assembled)
  })

  it('lets a person take it out, and put it in where no agent proposed it', () => {
    const decision = { facet, key: draft.key, note: null, by: 'editor', at: 1 }
    expect(applyDecisions(assembled, [{ ...decision, action: 'reject', value: null }])[facet]?.labels).toEqual([])
    const none = { [facet]: { facet, labels: [] } }
    const added = applyDecisions(none, [{ ...decision, action: 'approve', value: draft }])[facet]?.labels
    expect(added).toMatchObject([{ key: draft.key }])
    if (draft.origin !== undefined) expect(added).toMatchObject([{ origin: 'person' }])
  })
})

it('has a sample for each type, and one type a facet', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(types.map(({ facet }) => facet).sort())
})
