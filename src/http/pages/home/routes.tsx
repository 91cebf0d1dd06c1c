import type { OpenAPIHono } from '@hono/zod-openapi'
import { titledRuns } from '../../../runs/titled-runs.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { respond } from '../parts/page-response.ts'
import { HomePage } from './page.tsx'

const LATEST_SHOWN = 8

export function homePages(app: OpenAPIHono, { service: { config, repositories } }: HttpDeps): void {
  app.get('/', async () => {
    const [items, runs, open] = await Promise.all([
      repositories.items.list({}, { limit: LATEST_SHOWN }),
      repositories.runs.list({}, { limit: LATEST_SHOWN }),
      repositories.reviews.list({ status: 'open' }, {}),
    ])
    const titled = await titledRuns(runs.entries, repositories.items)
    const reviews = { open: open.entries.length, more: open.next !== null }
    const engine = config.LINERNOTES_MODEL ?? 'extractive'
    return respond(<HomePage items={items.entries} runs={titled} reviews={reviews} engine={engine} />)
  })
}
