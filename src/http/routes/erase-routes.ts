import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { eraseItem } from '../../runs/erase-item.ts'
import { problem, scope } from '../answers/json-answer.ts'
import { unknownItem } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { ItemParam } from '../schemas/common-schemas.ts'

const erase = createRoute({
  method: 'delete',
  path: '/v1/items/{id}',
  tags: ['Items'],
  summary: 'Erase an item and everything that came from it',
  description:
    'Texts, vectors, every version of its understanding, labels, decisions, reviews, runs and what they recorded. A run under way is stopped first. `GET /v1/changes` lists the erasure. Only the id and the time stay.',
  ...scope('operate'),
  request: { params: ItemParam },
  responses: {
    204: { description: 'The item is erased.' },
    404: problem('There is no such item.'),
    503: problem('The similarity index does not answer, so nothing was erased. Ask again.'),
  },
})

export function eraseRoute(app: OpenAPIHono, { service }: HttpDeps): void {
  const { repositories, runs, similarity, catchUp } = service
  app.openapi(erase, async (c) => {
    const { id } = c.req.valid('param')
    const deps = { repositories, runs, index: similarity.index, catchUp, clock: Date.now }
    if (!(await eraseItem(id, deps))) throw unknownItem(id)
    return c.body(null, 204)
  })
}
