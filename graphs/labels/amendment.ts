import { z } from 'zod'
import type { DecisionMistake } from '../../src/content/invalid-decision.ts'
import { Prevalence, Risk, Treatment } from '../../src/content/labels/suitability-label.ts'

/** One of the values that a field may have. The message names them all. */
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` }).optional()

/**
 * What a person may change in a label: how it is judged. They may not change what the label is or which words support it. Otherwise a
 * label could be published that nothing in the text supports.
 */
const Amendment = z.strictObject(
  {
    prevalence: oneOf(Prevalence.options),
    treatment: oneOf(Treatment.options),
    risk: oneOf(Risk.options),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type'
        ? '"amend" needs an object with the fields to change: prevalence, treatment or risk'
        : undefined,
  },
)
type Amendment = z.output<typeof Amendment>

const ANOTHER_LABEL =
  'says which label this is, and cannot be amended; reject the label if it is the wrong one, then have the item understood anew for this facet, which may find the right one'
const WORKED_OUT = 'is worked out and cannot be set; leave it out'
const SUPPORT_IS_FIXED = 'is the support that was found in the text, and stays as it is; leave it out'

/** Why a field of a label cannot be amended. */
const WHY_FIXED: ReadonlyMap<string, string> = new Map([
  ...['key', 'category', 'name', 'taxonomy', 'id'].map((field) => [field, ANOTHER_LABEL] as const),
  ...['score', 'confidence', 'contested', 'origin'].map((field) => [field, WORKED_OUT] as const),
  ...['refs', 'evidence'].map((field) => [field, SUPPORT_IS_FIXED] as const),
])
const NO_FIELD = 'there is no such field; prevalence, treatment and risk can be amended'

/** Reads what `amend` changes, or says what is wrong with each field. */
export function readAmendment(value: unknown): { amendment: Amendment } | { mistakes: DecisionMistake[] } {
  const parsed = Amendment.safeParse(value)
  if (parsed.success) return { amendment: parsed.data }
  return {
    mistakes: parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((field) => ({ path: ['value', field], message: WHY_FIXED.get(field) ?? NO_FIELD }))
        : [{ path: ['value', ...issue.path.map(String)], message: issue.message }],
    ),
  }
}
