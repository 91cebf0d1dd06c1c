import { z } from 'zod'
import type { StepView } from './service-answers.ts'

const Planned = z.object({
  planned: z.object({
    facets: z.record(z.string(), z.object({ action: z.string(), abstained: z.string().optional() })),
  }),
})

/** Agents for which a run's plan says this: `run`, or `reuse` what an earlier run was answered. None before there is a plan. */
export function agentsPlannedTo(action: 'run' | 'reuse', steps: readonly StepView[]): ReadonlySet<string> {
  const planned = steps.flatMap(({ update }) => Planned.safeParse(update).data?.planned ?? [])
  const facets = planned.flatMap((plan) => Object.entries(plan.facets))
  return new Set(
    facets.flatMap(([agent, plan]) => (plan.action === action && plan.abstained === undefined ? [agent] : [])),
  )
}
