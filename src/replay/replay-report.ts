import { z } from 'zod'

/** The kinds of differences between today's code and the recording. */
export const DIVERGENCE_CLASSES = [
  'prompt-changed',
  'other-tool-asked',
  'other-arguments',
  'tool-result-changed',
  'model-or-parameters-changed',
  'graph-shape-changed',
  'extra-call',
  'missing-call',
  'state-update-differs',
  'understanding-differs',
] as const
export const DivergenceClass = z.enum(DIVERGENCE_CLASSES)
export type DivergenceClass = z.infer<typeof DivergenceClass>

/** One difference. Long strings are cut around the place where they differ. A missing side is left out. */
const ReportedDifference = z.strictObject({
  pointer: z.string().describe('JSON pointer into the request, update or document.'),
  was: z.json().optional(),
  is: z.json().optional(),
})
export type ReportedDifference = z.infer<typeof ReportedDifference>

/** Both sides of the text that differs. Long ones are cut around the first difference. */
const DifferentTexts = z.strictObject({ pointer: z.string(), was: z.string(), is: z.string(), cut: z.boolean() })
export type DifferentTexts = z.infer<typeof DifferentTexts>

/** One place where today's code differs from the recording. */
export const Divergence = z
  .strictObject({
    class: DivergenceClass,
    /** Node and visit; null for the document. */
    node: z.string().nullable(),
    visit: z.int().nullable(),
    superstep: z.int().nullable(),
    exchange: z.string().nullable().describe('The call asked for or left unused, for example `topics.0.chat.2`.'),
    /** What the recording holds at the same position, if the two were compared. */
    nearMiss: z.string().nullable(),
    allowed: z.boolean(),
    differences: z.array(ReportedDifference),
    /** Differences beyond those listed. */
    more: z.int().min(0),
    texts: DifferentTexts.nullable(),
  })
  .meta({ id: 'Divergence' })
export type Divergence = z.infer<typeof Divergence>

/** A label of an understanding, named so that it can be compared and counted. */
export const OutcomeLabel = z.strictObject({
  facet: z.string(),
  /** Identifies the label within its facet. */
  key: z.string(),
  name: z.string(),
})
export type OutcomeLabel = z.infer<typeof OutcomeLabel>

/** What one replay found. */
export const ReplayReport = z
  .strictObject({
    run: z.string(),
    item: z.string(),
    title: z.string(),
    /** Nothing differs, except for what is allowed. */
    identical: z.boolean(),
    /** In order of (superstep, node). Causes come before their consequences. */
    divergences: z.array(Divergence),
    /** True if the replay ended before the run did. What would have come after is not known. */
    stopped: z.boolean(),
    /** Calls answered from the recording. */
    served: z.int(),
    /** Differences between the run's configuration and today's, by JSON pointer. */
    configuration: z.array(ReportedDifference),
    /** Facets whose fingerprints differ today: they would run again. */
    stale: z.array(z.string()),
    /** Null if one side has no understanding, or if the replay ended before it made one. */
    labels: z.strictObject({ gained: z.array(OutcomeLabel), lost: z.array(OutcomeLabel) }).nullable(),
    /** What the run had cost. `usd` is null if a price is not known. */
    saved: z.strictObject({ usd: z.number().nullable(), tokens: z.int(), ms: z.number() }),
    /** Durations of today's steps. */
    steps: z.array(z.strictObject({ node: z.string(), visit: z.int(), ms: z.number() })),
    /** How long the replay took, not counting the reading of the file. */
    ms: z.number(),
  })
  .meta({ id: 'ReplayReport' })
export type ReplayReport = z.infer<typeof ReplayReport>

/** The class in words. */
export function classTitle(name: DivergenceClass): string {
  return name.replaceAll('-', ' ')
}
