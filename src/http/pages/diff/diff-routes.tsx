import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { RunRecord } from '../../../database/records.ts'
import { diffRuns } from '../../../runs/trace-diff.ts'
import type { HttpDeps } from '../../deps.ts'
import { unknownRun } from '../../routes/runs.ts'
import { diffPage } from '../paths.ts'
import { readQuery } from '../query.ts'
import { respond, seeOther } from '../respond.ts'
import { DiffPage } from './diff-page.tsx'

const Chosen = z.object({ a: z.string(), b: z.string() })

export function diffPages(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  const { runs, trace, items, understandings } = repositories

  /** Where the form of a run's page leads: each pair has an address of its own. */
  app.get('/compare', (c) => {
    const { a, b } = readQuery(c, Chosen)
    return seeOther(diffPage(a, b))
  })

  app.get('/runs/:id/diff/:other', async (c) => {
    const [a, b] = await Promise.all([find(c.req.param('id')), find(c.req.param('other'))])
    const [left, right, was, is, ...titles] = await Promise.all([
      trace.load(a.id),
      trace.load(b.id),
      documentOf(a),
      documentOf(b),
      titleOf(a),
      titleOf(b),
    ])
    const diff = diffRuns({ recorded: left, document: was }, { recorded: right, document: is })
    return respond(<DiffPage a={a} b={b} titles={titles} diff={diff} />)
  })

  async function find(id: string): Promise<RunRecord> {
    const run = await runs.get(id)
    if (run === null) throw unknownRun(id)
    return run
  }

  async function documentOf({ itemId, version }: RunRecord) {
    return version === null ? null : understandings.version(itemId, version)
  }

  async function titleOf({ itemId }: RunRecord): Promise<string> {
    return (await items.get(itemId))?.title ?? ''
  }
}
