import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { ItemKind } from '../../content/item.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { unknownItem } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { ItemParam, idPrefix, nextLink, pageRequest, paging } from '../schemas/common-schemas.ts'
import { ItemDetail, ItemPage, toItemEntry } from '../schemas/item-schemas.ts'

const list = createRoute({
  method: 'get',
  path: '/v1/items',
  tags: ['Items'],
  summary: 'Items, newest first',
  ...scope('read'),
  request: {
    query: z.strictObject({
      ...idPrefix,
      kind: ItemKind.optional(),
      status: z
        .enum(['complete', 'partial', 'none'])
        .optional()
        .describe('Status of the published version. `none`: nothing is published yet.'),
      topic: z.string().optional().describe('`taxonomy/id` of a topic, for example `iab-content-3.1/150`.'),
      ...paging,
    }),
  },
  responses: { 200: answers(ItemPage, 'A page of items.'), 400: problem('A parameter or the cursor is wrong.') },
})

const one = createRoute({
  method: 'get',
  path: '/v1/items/{id}',
  tags: ['Items'],
  summary: 'An item as it was last submitted',
  ...scope('read'),
  request: { params: ItemParam },
  responses: { 200: answers(ItemDetail, 'The item.'), 404: problem('There is no such item.') },
})

export function itemRoutes(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.openapi(list, async (c) => {
    const { idPrefix, kind, status, topic, ...page } = c.req.valid('query')
    const filter = {
      ...(idPrefix !== undefined && { idPrefix }),
      ...(kind && { kind }),
      ...(status && { status }),
      ...(topic !== undefined && { topic }),
    }
    const { entries, next } = await repositories.items.list(filter, pageRequest(page))
    return answer(ItemPage, { entries: entries.map(toItemEntry), next }, { headers: nextLink(c.req.url, next) })
  })

  app.openapi(one, async (c) => {
    const { id } = c.req.valid('param')
    const record = await repositories.items.get(id)
    if (record === null) throw unknownItem(id)
    return answer(ItemDetail, { ...toItemEntry(record), item: record.item })
  })
}
