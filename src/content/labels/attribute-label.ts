import { z } from 'zod'
import { judged, judgedDraft, type LabelType, withEvidence } from './label-type.ts'

export const ATTRIBUTES = {
  format: [
    'interview',
    'conversation',
    'panel',
    'monologue',
    'lecture',
    'news',
    'narrative',
    'reading',
    'music',
    'meeting',
    'other',
  ],
  tone: ['neutral', 'serious', 'light', 'humorous', 'dramatic', 'enthusiastic', 'critical', 'sombre', 'tender'],
  audience: ['general', 'children', 'teens', 'adults', 'professionals', 'enthusiasts'],
  explicit: ['clean', 'mild', 'explicit'],
} as const
export type AttributeName = keyof typeof ATTRIBUTES
export const ATTRIBUTE_NAMES = ['format', 'tone', 'audience', 'explicit'] as const satisfies readonly AttributeName[]

const attribute = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.strictObject({ value: z.enum(values), ...judged })

/** One value for each property of the whole item. */
export const Attributes = z
  .strictObject({
    format: attribute(ATTRIBUTES.format).optional(),
    tone: attribute(ATTRIBUTES.tone).optional(),
    audience: attribute(ATTRIBUTES.audience).optional(),
    explicit: attribute(ATTRIBUTES.explicit).optional(),
  })
  .meta({ id: 'Attributes' })
export type Attributes = z.infer<typeof Attributes>
export const DraftAttribute = z.strictObject({ name: z.enum(ATTRIBUTE_NAMES), value: z.string(), ...judgedDraft })
export type DraftAttribute = z.infer<typeof DraftAttribute>

type AttributeFields = Pick<DraftAttribute, 'key' | 'name' | 'value'>

const Answer = z.record(z.string(), z.unknown())
const Named = z.object({ name: z.string() })

const attributeText = ({ name, value }: AttributeFields): string => `${name}: ${value}`

/** The name of an attribute is both its place in the document and its key. */
export const attributeLabel: LabelType<AttributeFields, DraftAttribute, { attributes: Attributes }> = {
  facet: 'attributes',
  title: 'Attributes',
  draft: DraftAttribute,
  objected: 'contest',
  pointer: ({ name }) => `/attributes/${name}`,
  words: ({ name, value }) => `${name} ${value}`,
  name: attributeText,
  shown: ({ name, value }) => ({ name: value, detail: name, spokenAs: [] }),
  claim: attributeText,
  isDoubtful: () => false,
  row: ({ key, value, score, origin }) => ({
    facet: 'attributes',
    key,
    taxonomy: null,
    labelId: key,
    name: value,
    score,
    origin,
  }),
  publish: (labels, evidenceOf) => ({
    attributes: Attributes.parse(
      Object.fromEntries(
        labels.map((label) => {
          const { name, ...value } = withEvidence(label, attributeLabel.words(label), evidenceOf)
          return [name, value]
        }),
      ),
    ),
  }),
  published: ({ attributes }) =>
    ATTRIBUTE_NAMES.flatMap((name) => {
      const value = attributes[name]
      return value === undefined ? [] : [{ pointer: `/attributes/${name}`, fields: { ...value, name }, value }]
    }),
  // An answer has one member for each attribute. In a list of candidates, each candidate states its own name.
  inAnswer(answer, { name }) {
    const entry = Answer.safeParse(answer).data?.[name]
    return entry === undefined ? null : { pointer: `/${name}`, entry }
  },
  isOffered: (candidate, { name }) => Named.safeParse(candidate).data?.name === name,
}
