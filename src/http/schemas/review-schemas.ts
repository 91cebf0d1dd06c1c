import { z } from 'zod'
import { DECISION_ACTIONS } from '../../content/decision-action.ts'
import { objectWithMember } from '../../content/validation/json-schema-member.ts'
import { REVIEW_STATUSES, type Review as ReviewRecord } from '../../database/records.ts'
import { Instant, instant, Json, pageOf } from './common-schemas.ts'
import { itemPath, RunAnswer, runPath } from './run-schemas.ts'

const Action = z.enum(DECISION_ACTIONS)

/** A question to a person, and how it was decided. */
export const ReviewAnswer = z
  .object({
    id: z.string(),
    itemId: z.string(),
    facet: z.string(),
    key: z.string().describe("The label's key in its facet."),
    question: Json.describe('Label, evidence and findings.'),
    status: z.enum(REVIEW_STATUSES),
    runId: z.string().describe('The run that asked last.'),
    version: z.int().describe('The version that left the label out.'),
    openedAt: Instant,
    decision: z
      .object({ action: Action, value: Json, note: z.string().nullable(), by: z.string(), at: Instant })
      .nullable(),
    links: z.object({ item: z.string(), run: z.string() }),
  })
  .meta({ id: 'Review' })
export const ReviewPage = pageOf('ReviewPage', ReviewAnswer)

/** A person's answer. */
export const DecisionRequest = z
  .strictObject({
    action: Action,
    value: Json.optional().describe(
      'Only with `amend`: an object with those of `prevalence`, `treatment` and `risk` that change. Unless the risk is given, it follows from the other two.',
    ),
    note: z.string().max(10_000).optional(),
    by: z.string().min(1).max(200).describe('Who decides.'),
  })
  .refine(({ action, value }) => (action === 'amend') === (value !== undefined && value !== null), {
    path: ['value'],
    error: '"amend" needs an object with the fields to change, and only "amend" takes one',
  })
  .meta({
    id: 'Decision',
    oneOf: [
      { allOf: [objectWithMember('action', { const: 'amend' }), objectWithMember('value', { not: { type: 'null' } })] },
      { properties: { action: { not: { const: 'amend' } }, value: { type: 'null' } } },
    ],
  })

/** The closed review, and the run that follows. */
export const Decided = z
  .object({
    review: ReviewAnswer,
    run: RunAnswer.nullable().describe('The run that publishes the next version. Null if there is none.'),
  })
  .meta({ id: 'Decided' })

const Members = z.record(z.string(), Json)

/**
 * A label without the references that its agent gave: they hold quotes that no rights have shortened. The evidence of the question shows
 * them as the rights of the item allow.
 */
function withoutRefs(label: unknown): z.output<typeof Json> {
  const members = Members.safeParse(label).data
  if (members === undefined) return Json.parse(label)
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== 'refs'))
}

function questionOf({ question }: ReviewRecord): z.output<typeof Json> {
  const members = Members.safeParse(question).data
  if (members?.label === undefined) return Json.parse(question)
  return { ...members, label: withoutRefs(members.label) }
}

export function toReview(review: ReviewRecord): z.output<typeof ReviewAnswer> {
  const { id, itemId, facet, key, status, runId, version, openedAt, decision } = review
  return {
    id,
    itemId,
    facet,
    key,
    question: questionOf(review),
    status,
    runId,
    version,
    openedAt: instant(openedAt),
    decision:
      decision === null
        ? null
        : {
            action: decision.action,
            value: withoutRefs(decision.value),
            note: decision.note,
            by: decision.by,
            at: instant(decision.at),
          },
    links: { item: itemPath(itemId), run: runPath(runId) },
  }
}
