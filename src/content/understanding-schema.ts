import { z } from 'zod'
import { ItemKind, Parent } from './item.ts'
import { Contents } from './labels/contents.ts'
import { Risk } from './labels/suitability-label.ts'
import { TextHash } from './text/text.ts'

/** A finding of the verifier or the critic about a label. `key` identifies the label even if its place has changed since. */
export const Finding = z
  .strictObject({
    by: z.enum(['verify', 'critique']),
    agent: z.string(),
    pointer: z.string(),
    key: z.string(),
    severity: z.enum(['info', 'revise', 'contest', 'drop']),
    message: z.string(),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof Finding>
/** A finding in the form that models get: the message names the label. */
export type ToldFinding = Omit<Finding, 'key'>

/** `estimated`: the endpoint did not report them, so they are estimated from the texts and their cost is unknown. */
export const Tokens = z.strictObject({
  input: z.int().min(0),
  cached: z.int().min(0),
  output: z.int().min(0),
  estimated: z.literal(true).optional(),
})
export type Tokens = z.infer<typeof Tokens>

/** The origin of a facet. `run` is the id of an earlier run if the facet was reused. `costUsd` is null without a price or a token report. */
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
 * A gap in the document, with its reason. `withheld` is a suitability label that is left out until a person has decided about it.
 * Readers who must not overestimate the safety of an item take it into account.
 */
export const Abstention = z
  .strictObject({
    facet: z.string(),
    reason: z.string(),
    withheld: z.strictObject({ category: z.string(), name: z.string(), risk: Risk }).optional(),
  })
  .meta({ id: 'Abstention' })
export type Abstention = z.infer<typeof Abstention>

const { extra, ...parts } = Contents.shape

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
    ...parts,
    similar: z.array(z.strictObject({ itemId: z.string(), score: z.number().min(0).max(1) })),
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
    extra,
  })
  .meta({ id: 'Understanding' })
export type Understanding = z.infer<typeof Understanding>
/** The version of the document among those of its item, and its position among all documents of its tenant. */
export type DocumentPlace = Pick<Understanding, 'version' | 'seq'>
/** A document before publication, or as it is stored: the position is in its row. */
export type UnplacedDocument = Omit<Understanding, keyof DocumentPlace>

export function placeDocument(
  { schema, ...contents }: UnplacedDocument,
  { version, seq }: DocumentPlace,
): Understanding {
  return { schema, version, seq, ...contents }
}

export type Effort = Understanding['provenance']['effort']
