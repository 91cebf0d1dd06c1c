import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { titledRuns } from '../../../runs/titled-runs.ts'
import { compareRuns } from '../../../trace/compare-runs.ts'
import { unknownRun } from '../../answers/refusals.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { diffPage } from '../parts/page-paths.ts'
import { readQuery } from '../parts/page-query.ts'
import { respond, seeOther } from '../parts/page-response.ts'
import { DiffPage } from './page.tsx'

const Chosen = z.object({ a: z.string(), b: z.string() })

export function diffPages(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  /** The target of the form on a run's page. Each pair has its own address. */
  app.get('/compare', (c) => {
    const { a, b } = readQuery(c, Chosen)
    return seeOther(diffPage(a, b))
  })

  app.get('/runs/:id/diff/:other', async (c) => {
    const found = await compareRuns(c.req.param('id'), c.req.param('other'), repositories)
    if (found.kind === 'unknown') throw unknownRun(found.id)
    const { a, b, diff } = found
    const [first, second] = await titledRuns([a, b], repositories.items)
    return respond(<DiffPage a={a} b={b} titles={[first?.title ?? '', second?.title ?? '']} diff={diff} />)
  })
}
