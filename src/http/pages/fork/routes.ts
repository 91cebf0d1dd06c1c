import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { ForkRequest } from '../../../replay/fork/fork-request.ts'
import { Problem } from '../../answers/problem.ts'
import { runRefusal } from '../../answers/refusals.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { ownPagesOnly } from '../parts/form-fields.ts'
import { runPage } from '../parts/page-paths.ts'
import { fieldMistakes } from '../parts/page-query.ts'
import { seeOther } from '../parts/page-response.ts'

/** The form as it is sent. Blank fields are ignored. */
const Form = z.object({ at: z.string().trim(), model: z.string().trim().max(200).default('') })

export function forkPages(app: OpenAPIHono, { service }: HttpDeps): void {
  /** The target of the form on a step's page. The fork is a run, and its page follows it. */
  app.post('/runs/:id/fork', ownPagesOnly, async (c) => {
    const form = Form.safeParse(await c.req.parseBody())
    if (!form.success) throw new Problem('schema', 'the form does not name the step that goes live')
    const { at, model } = form.data
    const asked = { at, ...(model !== '' && { model }) }
    const request = ForkRequest.safeParse(asked)
    if (!request.success) throw new Problem('schema', fieldMistakes(ForkRequest, asked))
    try {
      const { id } = await service.fork(c.req.param('id'), request.data)
      return seeOther(runPage(id))
    } catch (error) {
      throw runRefusal(error)
    }
  })
}
