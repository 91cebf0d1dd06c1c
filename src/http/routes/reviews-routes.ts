import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { DECISION_ACTIONS } from '../../content/decision-action.ts'
import { having } from '../../content/validation/json-schema-member.ts'
import { REVIEW_STATUSES, type Review as ReviewRecord } from '../../database/records.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { alreadyDecided, unknownReview } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { Instant, idPrefix, instant, Json, nextLink, pageOf, pageRequest, paging } from '../schemas/common-schemas.ts'
import { itemPath, Run, runPath, toRun } from '../schemas/run-schemas.ts'

const Action = z.enum(DECISION_ACTIONS)

const Review = z
  .strictObject({
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
      .strictObject({ action: Action, value: Json, note: z.string().nullable(), by: z.string(), at: Instant })
      .nullable(),
    links: z.strictObject({ item: z.string(), run: z.string() }),
  })
  .meta({ id: 'Review' })
const ReviewPage = pageOf('ReviewPage', Review)

const Answer = z
  .strictObject({
    action: Action,
    value: Json.optional().describe(
      'With `amend` only: an object with what changes of `prevalence`, `treatment` and `risk`. The risk follows from the other two unless it is given.',
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
      { allOf: [having('action', { const: 'amend' }), having('value', { not: { type: 'null' } })] },
      { properties: { action: { not: { const: 'amend' } }, value: { type: 'null' } } },
    ],
  })

const Decided = z
  .strictObject({
    review: Review,
    run: Run.nullable().describe('Publishes the next version; null where nothing follows.'),
  })
  .meta({ id: 'Decided' })

const list = createRoute({
  method: 'get',
  path: '/v1/reviews',
  tags: ['Reviews'],
  summary: 'Questions to people, oldest first',
  ...scope('review'),
  request: {
    query: z.strictObject({
      ...idPrefix,
      status: z.enum(REVIEW_STATUSES).optional(),
      item: z.string().optional(),
      facet: z.string().optional(),
      ...paging,
    }),
  },
  responses: { 200: answers(ReviewPage, 'A page of reviews.'), 400: problem('A parameter or the cursor is wrong.') },
})

const decide = createRoute({
  method: 'post',
  path: '/v1/reviews/{id}',
  tags: ['Reviews'],
  summary: 'Answer a question; the decision lasts',
  description:
    'Starts a run that reuses every facet and publishes the next version with the decision. `amend` changes how a label is judged; what it is and the evidence for it stay. Reject a label that is the wrong one.',
  ...scope('review'),
  request: {
    params: z.object({ id: z.string() }),
    body: { required: true, content: { 'application/json': { schema: Answer } } },
  },
  responses: {
    200: answers(Decided, 'The review, closed, and the run that publishes.'),
    404: problem('There is no such review.'),
    409: problem('It was decided before; nothing was changed.'),
    422: problem('The answer does not fit its schema, or makes no label.'),
  },
})

export function reviewRoutes(app: OpenAPIHono, { service: { repositories, runs } }: HttpDeps): void {
  app.openapi(list, async (c) => {
    const { idPrefix, status, item, facet, ...page } = c.req.valid('query')
    const filter = {
      ...(idPrefix !== undefined && { idPrefix }),
      ...(status && { status }),
      ...(item !== undefined && { itemId: item }),
      ...(facet && { facet }),
    }
    const { entries, next } = await repositories.reviews.list(filter, pageRequest(page))
    return answer(ReviewPage, { entries: entries.map(toReview), next }, { headers: nextLink(c.req.url, next) })
  })

  app.openapi(decide, async (c) => {
    const { id } = c.req.valid('param')
    const { action, value = null, note = null, by } = c.req.valid('json')
    const decided = await runs.decide(id, { action, value, note, by, at: Date.now() })
    if (decided === null) throw unknownReview(id)
    const { review, run, already } = decided
    if (already) throw alreadyDecided(review)
    return answer(Decided, { review: toReview(review), run: run === null ? null : toRun(run) })
  })
}

function toReview(review: ReviewRecord): z.output<typeof Review> {
  const { id, itemId, facet, key, status, runId, version, openedAt, decision } = review
  return {
    id,
    itemId,
    facet,
    key,
    question: Json.parse(review.question),
    status,
    runId,
    version,
    openedAt: instant(openedAt),
    decision:
      decision === null
        ? null
        : {
            action: decision.action,
            value: Json.parse(decision.value),
            note: decision.note,
            by: decision.by,
            at: instant(decision.at),
          },
    links: { item: itemPath(itemId), run: runPath(runId) },
  }
}
