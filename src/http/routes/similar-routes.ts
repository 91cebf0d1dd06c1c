import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { similarItems } from '../../indexing/similar-items.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { unknownItem } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { ItemParam } from '../schemas/common-schemas.ts'
import { Similar } from '../schemas/item-schemas.ts'
import { itemPath } from '../schemas/run-schemas.ts'

const similar = createRoute({
  method: 'get',
  path: '/v1/items/{id}/similar',
  tags: ['Items'],
  summary: 'Items close to this one when it was last understood, nearest first',
  ...scope('read'),
  request: { params: ItemParam },
  responses: { 200: answers(Similar, 'Nearby items.'), 404: problem('There is no such item.') },
})

export function similarRoutes(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.openapi(similar, async (c) => {
    const { id } = c.req.valid('param')
    const { items, understandings } = repositories
    if ((await items.get(id)) === null) throw unknownItem(id)
    const published = await understandings.current(id)
    const near = published === null ? [] : await similarItems(published, items)
    return answer(Similar, {
      version: published?.version ?? null,
      duplicateOf: published?.duplicateOf ?? null,
      entries: near.map(({ item: { id: itemId, title, kind }, score }) => ({
        itemId,
        score,
        title,
        kind,
        links: { self: itemPath(itemId) },
      })),
    })
  })
}
