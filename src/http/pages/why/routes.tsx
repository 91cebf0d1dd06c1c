import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { whyOf } from '../../answers/why-of.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { noDocument } from '../../routes/understandings-routes.ts'
import { readQuery } from '../parts/page-query.ts'
import { respond } from '../parts/page-response.ts'
import { WhyPage } from './page.tsx'

const Query = z.object({ pointer: z.string().max(2000), version: z.coerce.number().int().min(1).optional() })

export function whyPages(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  const { items, understandings } = repositories

  app.get('/items/:id/why', async (c) => {
    const id = c.req.param('id')
    const { pointer, version } = readQuery(c, Query)
    const [record, document] = await Promise.all([
      items.get(id),
      version === undefined ? understandings.current(id) : understandings.version(id, version),
    ])
    if (document === null) throw await noDocument(repositories, id, version)
    const why = await whyOf(document, pointer, repositories)
    return respond(<WhyPage why={why} title={record?.title || id} />)
  })
}
