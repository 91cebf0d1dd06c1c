import { z } from 'zod'
import { RunDiff } from '../../http/schemas/diff-schemas.ts'
import { RunEventData } from '../../http/schemas/events-schemas.ts'
import { StepDetailDocument } from '../../http/schemas/step-schemas.ts'
import { Why } from '../../trace/why/why-answer.ts'

// What commands read of traces, by the schemas that make them. What a newer server adds passes through.

export const StepDetailView = StepDetailDocument.omit({ links: true }).loose()
export type StepDetailView = z.infer<typeof StepDetailView>

export const DiffView = RunDiff.omit({ links: true }).loose()
export type DiffView = z.infer<typeof DiffView>
export type StepDifferenceView = DiffView['steps'][number]
export type DifferenceView = StepDifferenceView['differences'][number]

export const WhyView = Why.pick({
  item: true,
  version: true,
  pointer: true,
  facet: true,
  name: true,
  story: true,
  evidence: true,
}).loose()
export type WhyView = z.infer<typeof WhyView>

const { run, step, exchange, rejected, end } = RunEventData

/** What following a run shows, whatever the event; one that is not known here is passed over. */
export const EventView = z
  .looseObject({ ...exchange.shape, ...step.shape, ...rejected.shape, ...run.shape, ...end.shape })
  .partial()
export type EventView = z.infer<typeof EventView>
