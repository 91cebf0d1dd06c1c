import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { RUN_STATUSES } from '../../../database/records.ts'
import { exchangeName } from '../../../ledger/exchange.ts'
import { patchBetween } from '../../../ledger/json-patch.ts'
import { recordedValue } from '../../../ledger/recorded-run.ts'
import { agentRounds } from '../../../trace/agent-rounds.ts'
import { graphShape } from '../../../trace/graph-shape.ts'
import { stepState } from '../../../trace/step-states.ts'
import { Problem } from '../../answers/problem.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { unknownRun } from '../../routes/runs-routes.ts'
import { ExchangePage } from '../exchange/page.tsx'
import { ownPagesOnly } from '../parts/form-fields.ts'
import { runPage } from '../parts/page-paths.ts'
import { readQuery } from '../parts/page-query.ts'
import { respond, seeOther } from '../parts/page-response.ts'
import { RunsPage } from '../runs/page.tsx'
import { StepPage } from '../step/page.tsx'
import { RunPage } from './page.tsx'
import { viewRun } from './view.ts'

/** Runs of the same item that can be chosen for comparing. */
const OTHERS = 50

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
    const titles = new Map<string, string>()
    for (const id of new Set(entries.map(({ itemId }) => itemId)))
      titles.set(id, (await repositories.items.get(id))?.title ?? '')
    const titled = entries.map((run) => ({ run, title: titles.get(run.itemId) ?? '' }))
    return respond(<RunsPage runs={titled} filter={filter} next={next} />)
  })

  app.get('/runs/:id', async (c) => {
    const { run, recorded, started } = await find(c.req.param('id'))
    const [item, shape, others, parent] = await Promise.all([
      repositories.runs.item(run.id),
      graphShape(),
      repositories.runs.list({ itemId: run.itemId }, { limit: OTHERS }),
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
    if (line === undefined) throw new Problem('not-found', `run ${run.id} has no step "${name}"`)
    const state = stepState(recorded, name)
    const patch = state === null ? [] : patchBetween(state.before, state.after)
    const rounds = agentRounds(recorded, line)
    const [before, after] = [steps[at - 1]?.name, steps[at + 1]?.name]
    return respond(<StepPage {...{ run, line, state, patch, rounds, before, after }} />)
  })

  app.get('/runs/:id/exchanges/:exchange', async (c) => {
    const { run, recorded } = await find(c.req.param('id'))
    const name = c.req.param('exchange')
    const at = recorded.exchanges.findIndex((call) => exchangeName(call) === name)
    const exchange = recorded.exchanges[at]
    if (exchange === undefined) throw new Problem('not-found', `run ${run.id} made no call "${name}"`)
    const [request, response] = [recordedValue(recorded, exchange.request), recordedValue(recorded, exchange.response)]
    const [before, after] = [recorded.exchanges[at - 1], recorded.exchanges[at + 1]]
    return respond(<ExchangePage {...{ run, exchange, request, response, before, after }} />)
  })

  app.post('/runs/:id/cancel', ownPagesOnly, async (c) => {
    const id = c.req.param('id')
    if ((await runs.cancel(id)) === null) throw unknownRun(id)
    return seeOther(runPage(id))
  })

  async function find(id: string) {
    const run = await repositories.runs.get(id)
    if (run === null) throw unknownRun(id)
    // Before the ledger is read: a step that ends meanwhile stands in both, and never in neither.
    const started = live.open(id)
    return { run, recorded: await repositories.trace.load(id), started }
  }
}
