import { z } from 'zod'
import { findEntry, judged, judgedDraft, type LabelType, withEvidence } from './label-type.ts'

export const Prevalence = z.enum(['passing', 'recurring', 'dominant'])
export type Prevalence = z.infer<typeof Prevalence>
export const Treatment = z.enum([
  'documentary',
  'news',
  'educational',
  'editorial',
  'fictional',
  'comedic',
  'personal',
  'glamorising',
])
export type Treatment = z.infer<typeof Treatment>
export const Risk = z.enum(['floor', 'high', 'medium', 'low'])
export type Risk = z.infer<typeof Risk>

const suitabilityFields = {
  category: z.string(),
  name: z.string(),
  risk: Risk,
  prevalence: Prevalence,
  treatment: Treatment,
}

/** A GARM category that the item touches. `risk` is computed from category, prevalence and treatment, unless a person sets it. */
export const Suitability = z.strictObject({ ...suitabilityFields, ...judged }).meta({ id: 'Suitability' })
export type Suitability = z.infer<typeof Suitability>
export const DraftSuitability = z.strictObject({ ...suitabilityFields, ...judgedDraft })
export type DraftSuitability = z.infer<typeof DraftSuitability>

type SuitabilityFields = Pick<DraftSuitability, 'key' | keyof typeof suitabilityFields>

const Named = z.object({ category: z.string() })

export const suitabilityLabel: LabelType<SuitabilityFields, DraftSuitability, { suitability: Suitability[] }> = {
  facet: 'suitability',
  title: 'Suitability',
  draft: DraftSuitability,
  objected: 'review',
  pointer: (_, index) => `/suitability/${index}`,
  words: ({ name }) => name,
  name: ({ name, risk }) => `${name}: ${risk}`,
  shown: ({ name, prevalence, treatment }) => ({ name, detail: `${prevalence}, ${treatment}`, spokenAs: [] }),
  claim: ({ name, risk, prevalence, treatment }) => `${name}: ${risk} risk, ${prevalence}, ${treatment}`,
  isDoubtful: ({ risk }) => risk !== 'low',
  row: ({ key, category, risk, score, origin }) => ({
    facet: 'suitability',
    key,
    taxonomy: 'garm',
    labelId: category,
    name: risk,
    score,
    origin,
  }),
  publish: (labels, evidenceOf) => ({
    suitability: labels.map((label) => withEvidence(label, label.name, evidenceOf)),
  }),
  published: ({ suitability }) =>
    suitability.map((value, n) => ({ pointer: `/suitability/${n}`, fields: value, value })),
  inAnswer: (answer, label) => findEntry(answer, 'categories', (entry) => suitabilityLabel.isOffered(entry, label)),
  isOffered: (candidate, { key }) => Named.safeParse(candidate).data?.category === key,
}
