import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { explainPublished } from '../../../trace/why/explain-published.ts'
import { noDocument, noReason } from '../../answers/refusals.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { readQuery } from '../parts/page-query.ts'
import { respond } from '../parts/page-response.ts'
import { WhyPage } from './page.tsx'

const Query = z.object({ pointer: z.string().max(2000), version: z.coerce.number().int().min(1).optional() })

export function whyPages(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.get('/items/:id/why', async (c) => {
    const id = c.req.param('id')
    const { pointer, version } = readQuery(c, Query)
    const [record, found] = await Promise.all([
      repositories.items.get(id),
      explainPublished({ itemId: id, pointer, version }, repositories),
    ])
    if (found.kind === 'no-document') throw await noDocument(repositories, id, version)
    if (found.kind !== 'why') throw noReason(found)
    return respond(<WhyPage why={found.why} title={record?.title || id} />)
  })
}
