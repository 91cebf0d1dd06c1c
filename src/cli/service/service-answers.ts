import { z } from 'zod'
import { ItemEntry, Similar } from '../../http/schemas/item-schemas.ts'
import { Pruned } from '../../http/schemas/prune-schemas.ts'
import { ReviewAnswer } from '../../http/schemas/review-schemas.ts'
import { RunAnswer } from '../../http/schemas/run-schemas.ts'
import { ExchangeDetail, ExchangeEntry, StepEntry, Steps } from '../../http/schemas/trace-schemas.ts'

// What commands read of the API's answers, by the schemas that make them. What no command reads may be missing, and what a newer
// server adds passes through. JSON of a run is taken as it comes: the server has read it.

const asItComes = z.unknown()

export const RunView = RunAnswer.omit({ requested: true, cancelRequested: true, outcome: true, links: true })
  .extend({ config: asItComes })
  .loose()
export type RunView = z.infer<typeof RunView>

export const ExchangeView = ExchangeEntry.omit({ links: true }).loose()
export type ExchangeView = z.infer<typeof ExchangeView>

export const ExchangeBodies = ExchangeDetail.omit({ links: true })
  .extend({ request: asItComes, response: asItComes })
  .loose()
export type ExchangeBodies = z.infer<typeof ExchangeBodies>

export const StepView = StepEntry.extend({ update: asItComes, exchanges: z.array(ExchangeView) }).loose()
export type StepView = z.infer<typeof StepView>

export const StepsView = Steps.omit({ run: true })
  .extend({ steps: z.array(StepView), open: z.array(ExchangeView) })
  .loose()
export type StepsView = z.infer<typeof StepsView>

export const ItemView = ItemEntry.omit({ updatedAt: true, links: true }).loose()
export type ItemView = z.infer<typeof ItemView>

const SimilarEntry = Similar.shape.entries.element.pick({ itemId: true, title: true }).loose()
export const SimilarView = z.looseObject({ entries: z.array(SimilarEntry) })
export type SimilarView = z.infer<typeof SimilarView>

export const ReviewView = ReviewAnswer.omit({ runId: true, links: true }).extend({ question: asItComes }).loose()
export type ReviewView = z.infer<typeof ReviewView>

export const PrunedView = Pruned.loose()
export type PrunedView = z.infer<typeof PrunedView>

export const Decided = z.looseObject({ review: ReviewView, run: RunView.nullable() })

export function page<T extends z.ZodType>(entry: T) {
  return z.looseObject({ entries: z.array(entry), next: z.string().nullable() })
}
