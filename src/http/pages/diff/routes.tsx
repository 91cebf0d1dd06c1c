import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { RunRecord } from '../../../database/records.ts'
import { documentOfRun } from '../../../recordings/run-document.ts'
import { diffRuns } from '../../../trace/trace-diff.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { unknownRun } from '../../routes/runs-routes.ts'
import { diffPage } from '../parts/page-paths.ts'
import { readQuery } from '../parts/page-query.ts'
import { respond, seeOther } from '../parts/page-response.ts'
import { DiffPage } from './page.tsx'

const Chosen = z.object({ a: z.string(), b: z.string() })

export function diffPages(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  const { runs, trace, items } = repositories

  /** Where the form of a run's page leads: each pair has an address of its own. */
  app.get('/compare', (c) => {
    const { a, b } = readQuery(c, Chosen)
    return seeOther(diffPage(a, b))
  })

  app.get('/runs/:id/diff/:other', async (c) => {
    const [a, b] = await Promise.all([find(c.req.param('id')), find(c.req.param('other'))])
    const [left, right, ...titles] = await Promise.all([trace.load(a.id), trace.load(b.id), titleOf(a), titleOf(b)])
    const [was, is] = await Promise.all([documentOfRun(repositories, a, left), documentOfRun(repositories, b, right)])
    const diff = diffRuns({ recorded: left, document: was }, { recorded: right, document: is })
    return respond(<DiffPage a={a} b={b} titles={titles} diff={diff} />)
  })

  async function find(id: string): Promise<RunRecord> {
    const run = await runs.get(id)
    if (run === null) throw unknownRun(id)
    return run
  }

  async function titleOf({ itemId }: RunRecord): Promise<string> {
    return (await items.get(itemId))?.title ?? ''
  }
}
