import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { RUN_STATUSES } from '../../../ledger/run-end.ts'
import { titledRuns } from '../../../runs/titled-runs.ts'
import { exchangeDetail } from '../../../trace/exchange-detail.ts'
import { graphShape } from '../../../trace/graph-shape.ts'
import { stepDetail } from '../../../trace/step-detail.ts'
import { unknownExchange, unknownRun, unknownStep } from '../../answers/refusals.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { ExchangePage } from '../exchange/page.tsx'
import { ownPagesOnly } from '../parts/form-fields.ts'
import { runPage } from '../parts/page-paths.ts'
import { readQuery } from '../parts/page-query.ts'
import { respond, seeOther } from '../parts/page-response.ts'
import { RunsPage } from '../runs/page.tsx'
import { StepPage } from '../step/page.tsx'
import { RunPage } from './page.tsx'
import { viewRun } from './view.ts'

/** How many runs of the same item can be chosen for comparing. */
const MAX_COMPARABLE_RUNS = 50

const Query = z.object({
  status: z.enum(RUN_STATUSES).optional(),
  item: z.string().optional(),
  cursor: z.string().optional(),
})

export function runPages(app: OpenAPIHono, { service: { repositories, runs, live } }: HttpDeps): void {
  app.get('/runs', async (c) => {
    const filter = readQuery(c, Query)
    const { entries, next } = await repositories.runs.list(
      {
        ...(filter.status === undefined ? {} : { status: filter.status }),
        ...(filter.item === undefined ? {} : { itemId: filter.item }),
      },
      filter.cursor === undefined ? {} : { cursor: filter.cursor },
    )
    const titled = await titledRuns(entries, repositories.items)
    return respond(<RunsPage runs={titled} filter={filter} next={next} />)
  })

  app.get('/runs/:id', async (c) => {
    const { run, recorded, started } = await find(c.req.param('id'))
    const [item, shape, others, parent] = await Promise.all([
      repositories.runs.item(run.id),
      graphShape(),
      repositories.runs.list({ itemId: run.itemId }, { limit: MAX_COMPARABLE_RUNS }),
      run.parentRunId === null ? null : repositories.runs.get(run.parentRunId),
    ])
    const rest = others.entries.filter(({ id }) => id !== run.id)
    const view = viewRun(run, recorded, started)
    return respond(<RunPage {...{ run, view, item, shape, others: rest, parent }} />)
  })

  app.get('/runs/:id/steps/:step', async (c) => {
    const { run, recorded, started } = await find(c.req.param('id'))
    const name = c.req.param('step')
    const { steps } = viewRun(run, recorded, started)
    const at = steps.findIndex((step) => step.name === name)
    const line = steps[at]
    if (line === undefined)
      throw unknownStep(
        run.id,
        name,
        steps.map((step) => step.name),
      )
    const detail = stepDetail(recorded, name)
    const [before, after] = [steps[at - 1]?.name, steps[at + 1]?.name]
    return respond(
      <StepPage {...{ run, line, state: detail?.state ?? null, rounds: detail?.rounds ?? [], before, after }} />,
    )
  })

  app.get('/runs/:id/exchanges/:exchange', async (c) => {
    const { run, recorded } = await find(c.req.param('id'))
    const name = c.req.param('exchange')
    const found = exchangeDetail(recorded, name)
    if (found === null) throw unknownExchange(run.id, name)
    return respond(<ExchangePage run={run} {...found} />)
  })

  app.post('/runs/:id/cancel', ownPagesOnly, async (c) => {
    const id = c.req.param('id')
    if ((await runs.cancel(id)) === null) throw unknownRun(id)
    return seeOther(runPage(id))
  })

  async function find(id: string) {
    const run = await repositories.runs.get(id)
    if (run === null) throw unknownRun(id)
    // Read this before the ledger: a step that ends meanwhile is then in both, never in neither.
    const started = live.open(id)
    return { run, recorded: await repositories.trace.load(id), started }
  }
}
