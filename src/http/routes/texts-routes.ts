import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { TextHash } from '../../content/text/text.ts'
import { problem, scope } from '../answers/json-answer.ts'
import { Problem } from '../answers/problem.ts'
import { matches } from '../answers/understanding-answer.ts'
import type { HttpDeps } from '../http-deps.ts'
import { ItemParam } from '../schemas/common-schemas.ts'

const text = createRoute({
  method: 'get',
  path: '/v1/items/{id}/texts/{hash}',
  tags: ['Items'],
  summary: 'A normalised text of an item, which the offsets of evidence count in',
  description:
    'The text is sent as UTF-8, but `start` and `end` of evidence count UTF-16 units, as the strings of JavaScript, Java and C# do. In Python: `text.encode("utf-16-le")[2*start:2*end].decode("utf-16-le")`.',
  ...scope('read'),
  request: { params: ItemParam.extend({ hash: z.string().describe('`sha256:` and 64 hexadecimal digits.') }) },
  responses: {
    200: {
      description: 'The text. It never changes under its hash.',
      content: { 'text/plain': { schema: z.string() } },
    },
    304: { description: 'The caller has it.' },
    404: problem('There is no such text.'),
  },
})

export function textRoutes(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.openapi(text, async (c) => {
    const { id, hash } = c.req.valid('param')
    const known = TextHash.safeParse(hash).data
    const found = known === undefined ? null : await repositories.texts.get(id, known)
    if (found === null)
      throw new Problem('not-found', `item "${id}" has no text ${hash}; its understanding names them under "texts"`)
    const headers = {
      etag: `"${found.hash}"`,
      'cache-control': 'private, max-age=31536000, immutable',
      'linernotes-offsets': 'utf-16',
      'linernotes-normaliser': String(found.normaliser),
    }
    if (matches(c.req.header('if-none-match'), headers.etag)) return new Response(null, { status: 304, headers })
    return new Response(found.text, { headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } })
  })
}
