import { z } from 'zod'
import { FACETS } from '../../content/labels/label-types.ts'
import type { Difference as RawDifference } from '../../ledger/compare-json.ts'
import type { StepPair, TraceDiff } from '../../trace/trace-diff.ts'
import { Difference } from '../../trace/why/why-answer.ts'
import { Json } from './common-schemas.ts'
import { runPath } from './run-schemas.ts'

const StepDifference = z
  .object({
    step: z.string(),
    how: z
      .enum(['differs', 'asked', 'provenance', 'only-a', 'only-b'])
      .describe('`asked`: other calls, the same outcome. `provenance`: made with another prompt, model or version.'),
    differences: z.array(Difference).describe("Differences in the step's update and error."),
    calls: z.array(
      z.object({
        exchange: z.string(),
        how: z.enum(['asked', 'answered', 'only-a', 'only-b']),
        differences: z.array(Difference),
      }),
    ),
  })
  .meta({ id: 'StepDifference' })

/** How two runs differ. */
export const RunDiff = z
  .object({
    a: z.string(),
    b: z.string(),
    first: StepDifference.nullable().describe('The first step that differs.'),
    steps: z.array(StepDifference).describe('All steps that differ, in order.'),
    same: z.int().describe('How many steps do not differ.'),
    labels: z
      .array(
        z.object({
          facet: z.enum(FACETS),
          name: z.string(),
          how: z.enum(['added', 'removed', 'changed']),
          before: z.string().nullable().describe("JSON pointer into the first run's document."),
          after: z.string().nullable(),
          differences: z
            .array(Difference)
            .describe('What the two say differently about it. The pointers lead into the label.'),
        }),
      )
      .nullable()
      .describe('Null if one of the two published nothing.'),
    links: z.object({ a: z.string(), b: z.string() }),
  })
  .meta({ id: 'RunDiff' })

export function toRunDiff(a: string, b: string, { pairs, labels }: TraceDiff): z.output<typeof RunDiff> {
  const steps = pairs.flatMap(toStepDifference)
  return {
    a,
    b,
    first: steps[0] ?? null,
    steps,
    same: pairs.length - steps.length,
    labels: labels?.map((change) => ({ ...change, differences: change.differences.map(toDifference) })) ?? null,
    links: { a: runPath(a), b: runPath(b) },
  }
}

function toStepDifference({ name, how, differences, calls }: StepPair): z.output<typeof StepDifference>[] {
  if (how === 'same') return []
  return [
    {
      step: name,
      how,
      differences: differences.map(toDifference),
      calls: calls.map((call) => ({
        exchange: call.name,
        how: call.how,
        differences: call.differences.map(toDifference),
      })),
    },
  ]
}

function toDifference({ pointer, was, is }: RawDifference): z.output<typeof Difference> {
  return {
    pointer,
    ...(was === undefined ? {} : { was: Json.parse(was) }),
    ...(is === undefined ? {} : { is: Json.parse(is) }),
  }
}
