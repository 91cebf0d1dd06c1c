import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { exchangeName, stepName } from '../../../ledger/exchange.ts'
import { ReplayRequest } from '../../../replay/process/replay-messages.ts'
import type { ReplayReport } from '../../../replay/replay-report.ts'
import { replayStored } from '../../../replay/replay-stored.ts'
import { runRefusal } from '../../answers/refusals.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { ownPagesOnly } from '../parts/form-fields.ts'
import { runPage } from '../parts/page-paths.ts'
import { respond, seeOther } from '../parts/page-response.ts'
import { ReplayPage } from './page.tsx'

const Form = z.object({ nearest: z.literal('on').optional() })

export function replayPages(app: OpenAPIHono, { service }: HttpDeps): void {
  /** A report is not stored. A GET of its address shows the run, which can be replayed again. */
  app.get('/runs/:id/replay', (c) => seeOther(runPage(c.req.param('id'))))

  app.post('/runs/:id/replay', ownPagesOnly, async (c) => {
    const id = c.req.param('id')
    const { nearest } = Form.safeParse(await c.req.parseBody()).data ?? {}
    const report = await replay(id, ReplayRequest.parse({ nearest: nearest === 'on' }), c.req.raw.signal)
    const { steps, exchanges } = await service.repositories.trace.load(id)
    const recorded = new Set([...steps.map(stepName), ...exchanges.map(exchangeName)])
    return respond(<ReplayPage report={report} recorded={recorded} />)
  })

  async function replay(id: string, request: ReplayRequest, signal: AbortSignal): Promise<ReplayReport> {
    try {
      return await replayStored(id, request, service, signal)
    } catch (error) {
      throw runRefusal(error)
    }
  }
}
