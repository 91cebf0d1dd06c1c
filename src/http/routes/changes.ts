import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { answer, answers, problem, scope } from '../answer.ts'
import type { HttpDeps } from '../deps.ts'
import { Changes } from '../schemas/changes.ts'
import { paging } from '../schemas/common.ts'
import { toVersion } from '../schemas/item.ts'
import { itemPath } from '../schemas/run.ts'

const changes = createRoute({
  method: 'get',
  path: '/v1/changes',
  tags: ['Items'],
  summary: 'What was published since, in order',
  description: 'Who goes on from `after` sees every publication exactly once. An empty list: nothing new.',
  ...scope('read'),
  request: {
    query: z.strictObject({
      after: z.coerce
        .number()
        .int()
        .min(0)
        .default(0)
        .describe('`seq` of the last change that was seen; 0 from the start.'),
      limit: paging.limit,
    }),
  },
  responses: { 200: answers(Changes, 'Publications, oldest first.'), 400: problem('A parameter is wrong.') },
})

export function changeRoutes(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.openapi(changes, async (c) => {
    const { after, limit } = c.req.valid('query')
    const found = await repositories.understandings.changes(after, limit)
    const entries = found.map((change) => ({
      ...toVersion(change),
      itemId: change.itemId,
      links: { understanding: `${itemPath(change.itemId)}/understanding?version=${change.version}` },
    }))
    return answer(Changes, { entries, after: entries.at(-1)?.seq ?? after })
  })
}
