import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { REVIEW_STATUSES } from '../../database/records.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { alreadyDecided, unknownReview } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { idPrefix, nextLink, pageRequest, paging } from '../schemas/common-schemas.ts'
import { Decided, DecisionRequest, ReviewPage, toReview } from '../schemas/review-schemas.ts'
import { toRun } from '../schemas/run-schemas.ts'

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
  summary: 'Answer a question with a lasting decision',
  description:
    'Starts a run that reuses every facet and publishes the next version with the decision. `amend` changes how a label is judged, but not what it is or its evidence. Reject a label that is wrong.',
  ...scope('review'),
  request: {
    params: z.object({ id: z.string() }),
    body: { required: true, content: { 'application/json': { schema: DecisionRequest } } },
  },
  responses: {
    200: answers(Decided, 'The review, closed, and the run that publishes.'),
    404: problem('There is no such review.'),
    409: problem('It was already decided, and nothing was changed.'),
    422: problem('The answer does not fit its schema, or does not result in a valid label.'),
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
