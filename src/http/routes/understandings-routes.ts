import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { FORMATS, negotiate } from '../answers/answer-formats.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { noDocument, unknownItem } from '../answers/refusals.ts'
import { answerUnderstanding } from '../answers/understanding-answer.ts'
import type { HttpDeps } from '../http-deps.ts'
import { ItemParam, nextLink, pageRequest, paging } from '../schemas/common-schemas.ts'
import { FormatContents } from '../schemas/formats-schemas.ts'
import { toVersion, VersionPage } from '../schemas/item-schemas.ts'

const one = createRoute({
  method: 'get',
  path: '/v1/items/{id}/understanding',
  tags: ['Items'],
  summary: 'The published understanding of an item',
  description:
    'In the format that `format` or the `Accept` header names. `start` and `end` of evidence are UTF-16 offsets into the text with that hash, which `/v1/items/{id}/texts/{hash}` serves.',
  ...scope('read'),
  request: {
    params: ItemParam,
    query: z.strictObject({
      format: z.enum(FORMATS).optional(),
      version: z.coerce.number().int().min(1).optional().describe('An earlier version. Without it, the current one.'),
    }),
  },
  responses: {
    200: {
      description: 'The understanding.',
      headers: { ETag: { schema: { type: 'string' }, description: 'For `If-None-Match`.' } },
      content: FormatContents,
    },
    304: { description: 'The caller has this version.' },
    404: problem('There is no such item or version, or nothing is published yet.'),
    406: problem('There is no such format.'),
  },
})

const versions = createRoute({
  method: 'get',
  path: '/v1/items/{id}/understanding/versions',
  tags: ['Items'],
  summary: 'All published versions of an item, newest first',
  ...scope('read'),
  request: { params: ItemParam, query: z.strictObject(paging) },
  responses: {
    200: answers(VersionPage, 'A page of versions.'),
    400: problem('The cursor is wrong.'),
    404: problem('There is no such item.'),
  },
})

export function understandingRoutes(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.openapi(one, async (c) => {
    const { id } = c.req.valid('param')
    const { format = negotiate(c.req.header('accept')), version } = c.req.valid('query')
    const { understandings } = repositories
    const found = version === undefined ? await understandings.current(id) : await understandings.version(id, version)
    if (found === null) throw await noDocument(repositories, id, version)
    return answerUnderstanding(found, { format, ifNoneMatch: c.req.header('if-none-match') })
  })

  app.openapi(versions, async (c) => {
    const { id } = c.req.valid('param')
    const { entries, next } = await repositories.understandings.versions(id, pageRequest(c.req.valid('query')))
    if (entries.length === 0 && (await repositories.items.get(id)) === null) throw unknownItem(id)
    return answer(VersionPage, { entries: entries.map(toVersion), next }, { headers: nextLink(c.req.url, next) })
  })
}
