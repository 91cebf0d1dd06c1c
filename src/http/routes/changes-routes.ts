import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Change } from '../../database/records.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import type { HttpDeps } from '../http-deps.ts'
import { Changes } from '../schemas/changes-schemas.ts'
import { instant, numberOf, paging } from '../schemas/common-schemas.ts'
import { toVersion } from '../schemas/item-schemas.ts'
import { itemPath } from '../schemas/run-schemas.ts'

const changes = createRoute({
  method: 'get',
  path: '/v1/changes',
  tags: ['Items'],
  summary: 'What was published and erased since a point, in order',
  description:
    'A client that goes on from `after` sees every change exactly once. An empty list means that nothing is new. When an item is erased, its publications disappear from the list, and one entry `erased` takes their place.',
  ...scope('read'),
  request: {
    query: z.strictObject({
      after: numberOf(z.coerce.number({ error: 'give the "seq" of a change, or 0' }).int().min(0))
        .default(0)
        .describe('`seq` of the last change that was seen. 0 begins at the start.'),
      limit: paging.limit,
    }),
  },
  responses: { 200: answers(Changes, 'Changes, oldest first.'), 400: problem('A parameter is wrong.') },
})

export function changeRoutes(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.openapi(changes, async (c) => {
    const { after, limit } = c.req.valid('query')
    const found = await repositories.understandings.changes(after, limit)
    const entries = found.map(toEntry)
    return answer(Changes, { entries, after: found.at(-1)?.seq ?? after })
  })
}

function toEntry(given: Change) {
  const { change, itemId, seq } = given
  if (change === 'erased') return { change, itemId, seq, erasedAt: instant(given.erasedAt) }
  const understanding = `${itemPath(itemId)}/understanding?version=${given.version}`
  return { change, ...toVersion(given), itemId, links: { understanding } }
}
