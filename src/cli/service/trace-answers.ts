import { z } from 'zod'
import { Evidence } from '../../content/evidence/evidence.ts'
import { CostView, ExchangeView } from './service-answers.ts'

// What commands read of traces. Members that a newer server adds pass through.

const Finding = z.looseObject({ by: z.string(), agent: z.string(), severity: z.string(), message: z.string() })

export const StepDetailView = z.looseObject({
  name: z.string(),
  superstep: z.int().nullable(),
  ms: z.number().nullable(),
  error: z.string().nullable(),
  state: z
    .looseObject({
      before: z.unknown().optional(),
      patch: z.array(z.looseObject({ op: z.string(), path: z.string(), value: z.unknown().optional() })),
    })
    .nullable(),
  cost: CostView,
  exchanges: z.array(ExchangeView),
  rounds: z.array(
    z.looseObject({
      exchange: z.string(),
      model: z.string().nullable(),
      said: z.string().nullable(),
      calls: z.array(
        z.looseObject({
          tool: z.string(),
          arguments: z.unknown(),
          result: z.unknown(),
          rejected: z.string().nullable(),
        }),
      ),
      rejected: z.string().nullable(),
      cutOff: z.boolean(),
      failed: z.string().nullable(),
      retries: z.array(z.looseObject({ reason: z.string(), waitedMs: z.number() })),
    }),
  ),
  findings: z.array(Finding),
})
export type StepDetailView = z.infer<typeof StepDetailView>

const Difference = z.looseObject({ pointer: z.string(), was: z.unknown().optional(), is: z.unknown().optional() })
export type DifferenceView = z.infer<typeof Difference>

const StepDifference = z.looseObject({
  step: z.string(),
  how: z.string(),
  differences: z.array(Difference),
  calls: z.array(z.looseObject({ exchange: z.string(), how: z.string(), differences: z.array(Difference) })),
})
export type StepDifferenceView = z.infer<typeof StepDifference>

export const DiffView = z.looseObject({
  a: z.string(),
  b: z.string(),
  first: StepDifference.nullable(),
  steps: z.array(StepDifference),
  same: z.int(),
  labels: z
    .array(z.looseObject({ facet: z.string(), name: z.string(), how: z.string(), differences: z.array(Difference) }))
    .nullable(),
})
export type DiffView = z.infer<typeof DiffView>

export const WhyView = z.looseObject({
  item: z.string(),
  version: z.int(),
  pointer: z.string(),
  facet: z.string(),
  name: z.string(),
  story: z.array(z.looseObject({ text: z.string(), run: z.string().nullable(), exchange: z.string().nullable() })),
  evidence: z.array(Evidence),
})
export type WhyView = z.infer<typeof WhyView>

/** What following a run shows; an event that is not known here is passed over. */
export const EventView = z.looseObject({
  status: z.string().optional(),
  name: z.string().optional(),
  state: z.string().optional(),
  ms: z.number().nullish(),
  error: z.string().nullish(),
  abstained: z.string().nullish(),
  outcome: z.string().optional(),
  how: z.string().optional(),
  retries: z.int().optional(),
  cost: CostView.nullish(),
  exchange: z.string().optional(),
  reason: z.string().optional(),
  version: z.int().nullish(),
})
export type EventView = z.infer<typeof EventView>
