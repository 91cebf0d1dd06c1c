import { z } from 'zod'
import { Evidence } from './evidence/evidence.ts'
import { ItemKind, Parent } from './item.ts'
import { TextHash } from './text/text.ts'
import { Timing } from './transcript/segments.ts'

export const Origin = z.enum(['model', 'publisher', 'person'])
export type Origin = z.infer<typeof Origin>

/** The six facets that linernotes ships, each the contribution of one agent. */
export const FACETS = ['topics', 'entities', 'chapters', 'suitability', 'summary', 'attributes'] as const
export const Facet = z.enum(FACETS)
export type Facet = z.infer<typeof Facet>

const Score = z.number().min(0).max(1)

/** What every label carries. `score` is comparable only within one model and agent version; `confidence` is calibrated or null. */
const label = {
  score: Score,
  confidence: Score.nullable(),
  contested: z.boolean(),
  origin: Origin,
  evidence: z.array(Evidence),
}

export const Topic = z
  .strictObject({ taxonomy: z.string(), id: z.string(), name: z.string(), path: z.array(z.string()), ...label })
  .meta({ id: 'Topic' })
export type Topic = z.infer<typeof Topic>

export const EntityType = z.enum(['person', 'organisation', 'place', 'work', 'product', 'event', 'other'])
export type EntityType = z.infer<typeof EntityType>

export const Entity = z
  .strictObject({
    name: z.string(),
    type: EntityType,
    aliases: z.array(z.string()),
    salience: Score,
    mentions: z.int().min(0),
    sameAs: z.array(z.string()),
    ...label,
  })
  .meta({ id: 'Entity' })
export type Entity = z.infer<typeof Entity>

/** `firstSegment`/`lastSegment` are null where the item has no transcript (a publisher's chapter list alone). */
export const Chapter = z
  .strictObject({
    title: z.string(),
    startMs: z.int().min(0).nullable(),
    endMs: z.int().min(0).nullable(),
    timing: Timing,
    firstSegment: z.int().min(0).nullable(),
    lastSegment: z.int().min(0).nullable(),
    origin: Origin,
  })
  .meta({ id: 'Chapter' })
export type Chapter = z.infer<typeof Chapter>

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

export const Suitability = z
  .strictObject({
    category: z.string(),
    name: z.string(),
    risk: Risk,
    prevalence: Prevalence,
    treatment: Treatment,
    ...label,
  })
  .meta({ id: 'Suitability' })
export type Suitability = z.infer<typeof Suitability>

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
  z.strictObject({ value: z.enum(values), ...label })
export const Attributes = z
  .strictObject({
    format: attribute(ATTRIBUTES.format).optional(),
    tone: attribute(ATTRIBUTES.tone).optional(),
    audience: attribute(ATTRIBUTES.audience).optional(),
    explicit: attribute(ATTRIBUTES.explicit).optional(),
  })
  .meta({ id: 'Attributes' })
export type Attributes = z.infer<typeof Attributes>

export const Claim = z.strictObject({ text: z.string(), evidence: z.array(Evidence) }).meta({ id: 'Claim' })
export type Claim = z.infer<typeof Claim>

/** `short` and `long` are built from `claims` and from nothing else. */
export const Summary = z
  .strictObject({ short: z.string(), long: z.string(), claims: z.array(Claim) })
  .meta({ id: 'Summary' })
export type Summary = z.infer<typeof Summary>

export const Finding = z
  .strictObject({
    by: z.enum(['verify', 'critique']),
    agent: z.string(),
    pointer: z.string(),
    severity: z.enum(['info', 'revise', 'contest', 'drop']),
    message: z.string(),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof Finding>

/** `estimated`: the endpoint did not report them, and they are reckoned from the texts; what they cost is not known then. */
export const Tokens = z.strictObject({
  input: z.int().min(0),
  cached: z.int().min(0),
  output: z.int().min(0),
  estimated: z.literal(true).optional(),
})
export type Tokens = z.infer<typeof Tokens>

/** Where a facet comes from; `run` is an earlier run's id where the facet was reused. `costUsd` is null without a price or a report of tokens. */
export const FacetProvenance = z.strictObject({
  run: z.string(),
  fingerprint: z.string(),
  prompt: z.string(),
  model: z.string(),
  tokens: Tokens,
  costUsd: z.number().min(0).nullable(),
  ms: z.number().min(0),
})
export type FacetProvenance = z.infer<typeof FacetProvenance>

const PublishedText = z.strictObject({ hash: TextHash, normaliser: z.int(), chars: z.int().min(0) })

/**
 * What a document does not say, and why. `withheld` is a suitability label that is left out until a person has decided about it:
 * whoever must not take the item for safer than it may be reads it too.
 */
export const Abstention = z
  .strictObject({
    facet: z.string(),
    reason: z.string(),
    withheld: z.strictObject({ category: z.string(), name: z.string(), risk: Risk }).optional(),
  })
  .meta({ id: 'Abstention' })
export type Abstention = z.infer<typeof Abstention>

/** The published document: immutable, versioned per item. */
export const Understanding = z
  .strictObject({
    schema: z.literal('linernotes/understanding/1'),
    version: z.int().min(1),
    seq: z.int().min(1),
    item: z.strictObject({
      id: z.string(),
      kind: ItemKind,
      title: z.string(),
      parent: Parent.optional(),
      language: z.string().nullable(),
      durationMs: z.int().min(0).nullable(),
      publishedAt: z.iso.datetime({ offset: true }).optional(),
      contentHash: TextHash,
    }),
    status: z.enum(['complete', 'partial']),
    texts: z.strictObject({
      transcript: PublishedText.optional(),
      title: PublishedText.optional(),
      description: PublishedText.optional(),
    }),
    timeline: z.strictObject({ audioUrl: z.string().nullable(), durationMs: z.int().min(0).nullable() }),
    summary: Summary.nullable(),
    topics: z.array(Topic),
    entities: z.array(Entity),
    chapters: z.array(Chapter),
    suitability: z.array(Suitability),
    attributes: Attributes,
    similar: z.array(z.strictObject({ itemId: z.string(), score: Score })),
    duplicateOf: z.string().nullable(),
    abstentions: z.array(Abstention),
    critique: z.strictObject({
      verdict: z.enum(['accepted', 'contested', 'skipped']),
      revisions: z.int().min(0),
      findings: z.array(Finding),
      evidence: z.strictObject({ verbatim: z.int().min(0), drift: z.int().min(0), fabricated: z.int().min(0) }),
    }),
    provenance: z.strictObject({
      runId: z.string(),
      graph: z.string(),
      effort: z.enum(['quick', 'standard', 'thorough']),
      engine: z.string(),
      facets: z.record(z.string(), FacetProvenance),
      costUsd: z.number().min(0).nullable(),
      ms: z.number().min(0),
      notes: z.array(z.string()),
    }),
    extra: z.record(z.string(), z.json()),
  })
  .meta({ id: 'Understanding' })
export type Understanding = z.infer<typeof Understanding>
/** Which version of its item a document is, and its place among all that its tenant published. */
export type DocumentPlace = Pick<Understanding, 'version' | 'seq'>
/** A document before it is published, or as it is stored: its row says which place it has. */
export type UnplacedDocument = Omit<Understanding, keyof DocumentPlace>

export function placeDocument(
  { schema, ...contents }: UnplacedDocument,
  { version, seq }: DocumentPlace,
): Understanding {
  return { schema, version, seq, ...contents }
}

export type Effort = Understanding['provenance']['effort']
