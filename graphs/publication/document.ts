import type { EvidenceRef } from '../../src/content/answers.ts'
import type { Evidence } from '../../src/content/evidence/evidence.ts'
import type { Rights } from '../../src/content/item.ts'
import type { Attributes, Understanding } from '../../src/content/understanding-schema.ts'
import { Attributes as AttributesSchema } from '../../src/content/understanding-schema.ts'
import type { DraftAttribute, DraftClaim, Labels } from '../labels/drafts.ts'
import { labelText } from '../labels/label-text.ts'
import { type Places, resolveEvidence } from '../labels/resolve-evidence.ts'
import type { Assembled } from '../state.ts'
import { withRights } from './rights.ts'

export type Contents = Pick<
  Understanding,
  'summary' | 'topics' | 'entities' | 'chapters' | 'suitability' | 'attributes' | 'extra'
>

/** The labels of a document with their evidence, from settled drafts. */
export function contentsOf(settled: Assembled, places: Places, rights: Rights): Contents {
  const evidenceOf = (refs: readonly EvidenceRef[], about: string): Evidence[] =>
    refs.flatMap((ref) => {
      const evidence = resolveEvidence(ref, about, places)
      return evidence === null ? [] : [withRights(evidence, rights)]
    })
  const contents: Contents = {
    summary: null,
    topics: [],
    entities: [],
    chapters: [],
    suitability: [],
    attributes: {},
    extra: {},
  }
  for (const [agent, labels] of Object.entries(settled)) fill(contents, agent, labels, evidenceOf)
  return contents
}

type EvidenceOf = (refs: readonly EvidenceRef[], about: string) => Evidence[]

function fill(contents: Contents, agent: string, labels: Labels, evidenceOf: EvidenceOf): void {
  const published = <L extends { key: string; refs: EvidenceRef[] }>({ key: _, refs, ...label }: L, about: string) => ({
    ...label,
    confidence: null,
    evidence: evidenceOf(refs, about),
  })
  switch (labels.facet) {
    case 'topics':
      contents.topics = labels.labels.map((label) => published(label, labelText.topics(label)))
      return
    case 'entities':
      contents.entities = labels.labels.map((label) => ({ ...published(label, labelText.entities(label)), sameAs: [] }))
      return
    case 'suitability':
      contents.suitability = labels.labels.map((label) => published(label, labelText.suitability(label)))
      return
    case 'chapters':
      contents.chapters = labels.labels.map(({ key: _, ...chapter }) => chapter)
      return
    case 'attributes':
      contents.attributes = attributesOf(labels.labels, evidenceOf)
      return
    case 'summary':
      contents.summary = summaryOf(labels.labels, evidenceOf)
      return
    case 'extra':
      contents.extra[agent] = labels.labels
  }
}

function attributesOf(labels: readonly DraftAttribute[], evidenceOf: EvidenceOf): Attributes {
  return AttributesSchema.parse(
    Object.fromEntries(
      labels.map((label) => {
        const { name, value, score, contested, origin, refs } = label
        return [
          name,
          {
            value,
            score,
            contested,
            origin,
            confidence: null,
            evidence: evidenceOf(refs, labelText.attributes(label)),
          },
        ]
      }),
    ),
  )
}

/** The summary is built from claims and from nothing else. */
function summaryOf(claims: readonly DraftClaim[], evidenceOf: EvidenceOf): Understanding['summary'] {
  if (claims.length === 0) return null
  const short = claims.filter((claim) => claim.short)
  return {
    short: (short.length > 0 ? short : claims.slice(0, 1)).map(({ text }) => text).join(' '),
    long: claims.map(({ text }) => text).join(' '),
    claims: claims.map(({ text, refs }) => ({ text, evidence: evidenceOf(refs, text) })),
  }
}
