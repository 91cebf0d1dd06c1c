import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { REVIEW_STATUSES } from '../../../database/records.ts'
import { Problem } from '../../answers/problem.ts'
import { alreadyDecided, unknownReview } from '../../answers/refusals.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { ownPagesOnly } from '../parts/form-fields.ts'
import { withQuery } from '../parts/page-paths.ts'
import { fieldMistakes, readQuery } from '../parts/page-query.ts'
import { respond, seeOther } from '../parts/page-response.ts'
import { ReviewsPage } from './page.tsx'
import { changesOf, Decision, viewQuestion } from './view.ts'

const Query = z.object({
  status: z.enum(REVIEW_STATUSES).default('open'),
  cursor: z.string().optional(),
  /** A review that was just decided, and the run that followed. */
  decided: z.string().optional(),
  run: z.uuid().optional(),
})

export function reviewPages(app: OpenAPIHono, { service: { repositories, runs } }: HttpDeps): void {
  app.get('/reviews', async (c) => {
    const { status, cursor, decided, run } = readQuery(c, Query)
    const [page, review] = await Promise.all([
      repositories.reviews.list({ status }, cursor === undefined ? {} : { cursor }),
      decided === undefined ? null : repositories.reviews.get(decided),
    ])
    const done = review === null || review.decision === null ? null : { review, run: run ?? null }
    return respond(<ReviewsPage reviews={page.entries} status={status} next={page.next} decided={done} />)
  })

  app.post('/reviews/:id', ownPagesOnly, async (c) => {
    const id = c.req.param('id')
    const form = await c.req.parseBody()
    const decision = Decision.safeParse(form)
    if (!decision.success) throw new Problem('bad-decision', fieldMistakes(Decision, form))
    const review = await repositories.reviews.get(id)
    if (review === null) throw unknownReview(id)
    const { action, by, note } = decision.data
    const value = changesOf(decision.data, viewQuestion(review))
    const done = await runs.decide(id, { action, value, note: note === '' ? null : note, by, at: Date.now() })
    if (done === null) throw unknownReview(id)
    if (done.already) throw alreadyDecided(done.review)
    return seeOther(withQuery('/reviews', { decided: id, run: done.run?.id }))
  })
}
