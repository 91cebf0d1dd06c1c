import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import type { HttpDeps } from '../http-deps.ts'
import { toItemEntry } from '../schemas/item-schemas.ts'
import { Search, SearchResults } from '../schemas/search-schemas.ts'

const search = createRoute({
  method: 'post',
  path: '/v1/search',
  tags: ['Items'],
  summary: 'Items by meaning and words, best first, with the places that match best',
  ...scope('read'),
  request: { body: { required: true, content: { 'application/json': { schema: Search } } } },
  responses: {
    200: answers(SearchResults, 'Items; empty where none is about the text, or nothing is indexed yet.'),
    422: problem('The body does not fit its schema.'),
    502: problem('The embedding model does not answer.'),
    503: problem('The similarity index does not answer.'),
  },
})

export function searchRoutes(app: OpenAPIHono, { service }: HttpDeps): void {
  app.openapi(search, async (c) => {
    const { text, limit, filters } = c.req.valid('json')
    const { kinds, languages, topics } = filters
    const filter = { ...(kinds && { kinds }), ...(languages && { languages }), ...(topics && { topics }) }
    const { found, compared, behind, abstention } = await service.search({ text, limit, filter })
    const entries = found.map(({ item, ...rest }) => ({ item: toItemEntry(item), ...rest }))
    return answer(SearchResults, { space: service.embedder.space, compared, behind, abstention, entries })
  })
}
