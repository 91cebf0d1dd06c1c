import { z } from 'zod'

/** In which way today's code does something else than the recording. */
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

/** One difference, long strings cut around the place where they differ. A side that is not there is left out. */
const ReportedDifference = z.strictObject({
  pointer: z.string().describe('JSON pointer into the request, update or document.'),
  was: z.json().optional(),
  is: z.json().optional(),
})
export type ReportedDifference = z.infer<typeof ReportedDifference>

/** Both sides of the text that differs, cut around the first difference where they are long. */
const DifferentTexts = z.strictObject({ pointer: z.string(), was: z.string(), is: z.string(), cut: z.boolean() })
export type DifferentTexts = z.infer<typeof DifferentTexts>

/** One place where today's code does something else than the recording. */
export const Divergence = z
  .strictObject({
    class: DivergenceClass,
    /** Node and visit; null for the document. */
    node: z.string().nullable(),
    visit: z.int().nullable(),
    superstep: z.int().nullable(),
    exchange: z.string().nullable().describe('The call asked for or left unused, for example `topics.0.chat.2`.'),
    /** What the recording holds at the same position, where it is compared with that. */
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
  /** What makes it the same label in its facet. */
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
    /** Nothing differs but what is allowed. */
    identical: z.boolean(),
    /** In order of (superstep, node), causes before what follows from them. */
    divergences: z.array(Divergence),
    /** True where the replay ended before the run did: what would have come after is not known. */
    stopped: z.boolean(),
    /** Calls answered from the recording. */
    served: z.int(),
    /** Differences between the run's configuration and today's, by JSON pointer. */
    configuration: z.array(ReportedDifference),
    /** Facets whose fingerprint is another one today: they would run again. */
    stale: z.array(z.string()),
    /** Null where there is no understanding on one side or the replay did not come so far. */
    labels: z.strictObject({ gained: z.array(OutcomeLabel), lost: z.array(OutcomeLabel) }).nullable(),
    /** What the run had cost; null usd where a price is not known. */
    saved: z.strictObject({ usd: z.number().nullable(), tokens: z.int(), ms: z.number() }),
    /** Durations of today's steps. */
    steps: z.array(z.strictObject({ node: z.string(), visit: z.int(), ms: z.number() })),
    /** How long the replay took, without reading the file. */
    ms: z.number(),
  })
  .meta({ id: 'ReplayReport' })
export type ReplayReport = z.infer<typeof ReplayReport>

/** The class in words. */
export function classTitle(name: DivergenceClass): string {
  return name.replaceAll('-', ' ')
}
