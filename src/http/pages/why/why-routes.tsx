import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { HttpDeps } from '../../deps.ts'
import { noDocument } from '../../routes/understandings.ts'
import { whyOf } from '../../why-of.ts'
import { readQuery } from '../query.ts'
import { respond } from '../respond.ts'
import { WhyPage } from './why-page.tsx'

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
