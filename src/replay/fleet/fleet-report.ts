import { z } from 'zod'
import { DivergenceClass, OutcomeLabel } from '../replay-report.ts'

const Count = z.int().min(0)

/** What replays of many recordings found. */
export const FleetReport = z
  .strictObject({
    schema: z.literal('linernotes/fleet-report/1'),
    createdAt: z.iso.datetime(),
    recordings: Count,
    identical: Count.describe('Nothing differs.'),
    allowed: Count.describe('Differs only in classes that were allowed.'),
    diverged: Count,
    /** Files that are not recordings, and replays that failed. */
    broken: z.array(z.strictObject({ name: z.string(), why: z.string() })),
    /** The number of recordings in which a class occurs, in the order of classes. */
    classes: z.array(z.strictObject({ class: DivergenceClass, recordings: Count })),
    /** Where recordings first diverge, the most frequent place first. Node null: the document. */
    first: z.array(
      z.strictObject({
        class: DivergenceClass,
        node: z.string().nullable(),
        recordings: Count,
        examples: z.array(z.string()),
      }),
    ),
    /** Only recordings that were replayed to their end. */
    labels: z.array(z.strictObject({ ...OutcomeLabel.shape, gained: Count, lost: Count })),
    saved: z.strictObject({ usd: z.number().nullable(), tokens: Count, ms: z.number() }),
    took: z.strictObject({ ms: z.number(), workers: Count, perSecond: z.number() }),
    /** Today's nodes, sorted by the total time that they took. */
    nodes: z.array(
      z.strictObject({ node: z.string(), steps: Count, totalMs: z.number(), medianMs: z.number(), p95Ms: z.number() }),
    ),
    /** Each recording that diverged, with its first divergence. */
    differing: z.array(
      z.strictObject({
        name: z.string(),
        run: z.string(),
        item: z.string(),
        title: z.string(),
        class: DivergenceClass,
        at: z.string(),
        divergences: Count,
        allowed: z.boolean(),
        /** Null if the replay ended before there was an understanding to compare. */
        gained: Count.nullable(),
        lost: Count.nullable(),
      }),
    ),
    /** The number of entries of `differing` and `labels` that are not listed. */
    more: z.strictObject({ differing: Count, labels: Count }),
  })
  .meta({ id: 'FleetReport' })
export type FleetReport = z.infer<typeof FleetReport>

/** Whether a pull request may pass: every recording could be replayed, and nothing differs except what is allowed. */
export function isClean({ diverged, broken }: Pick<FleetReport, 'diverged' | 'broken'>): boolean {
  return diverged === 0 && broken.length === 0
}
