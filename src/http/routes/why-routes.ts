import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { explainPublished } from '../../trace/why/explain-published.ts'
import { Why } from '../../trace/why/why-answer.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { noDocument, noReason } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { ItemParam } from '../schemas/common-schemas.ts'

const why = createRoute({
  method: 'get',
  path: '/v1/items/{id}/why',
  tags: ['Items'],
  summary: 'Why a label is there: from the document back to what the model saw',
  description:
    '`story` is the answer in plain sentences. The other members are what the story rests on: evidence, the answer that proposed the label, what tools had said before it, what verifier and critic found, what revisions changed, what a person decided.',
  ...scope('trace'),
  request: {
    params: ItemParam,
    query: z.strictObject({
      pointer: z
        .string({ error: 'give a JSON pointer into the document, such as /topics/0' })
        .max(2000)
        .describe('JSON pointer into the document: `/topics/0`, `/attributes/format`.'),
      version: z.coerce.number().int().min(1).optional().describe('An earlier version. Without it, the current one.'),
    }),
  },
  responses: {
    200: answers(Why, 'Why.'),
    400: problem('The pointer is malformed.'),
    404: problem('There is no such item, version or label. `detail` names the existing labels.'),
  },
})

export function whyRoute(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.openapi(why, async (c) => {
    const { id } = c.req.valid('param')
    const { pointer, version } = c.req.valid('query')
    const found = await explainPublished({ itemId: id, pointer, version }, repositories)
    if (found.kind === 'no-document') throw await noDocument(repositories, id, version)
    if (found.kind !== 'why') throw noReason(found)
    return answer(Why, found.why)
  })
}
