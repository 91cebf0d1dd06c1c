import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { ItemKind } from '../../content/item.ts'
import { answer, answers, problem, scope } from '../answer.ts'
import type { HttpDeps } from '../deps.ts'
import { ItemEntry, toItemEntry } from '../schemas/item.ts'
import { searchItems } from '../search-items.ts'

const List = z.array(z.string().max(200)).max(100)

const Search = z
  .strictObject({
    text: z.string().trim().min(1).max(10_000).describe('What the items should be about, in plain words.'),
    limit: z.int().min(1).max(50).default(10),
    filters: z
      .strictObject({
        kinds: z.array(ItemKind).max(10).optional(),
        languages: List.optional().describe('As the items name them: `en`.'),
        topics: List.optional().describe('`taxonomy/id`; any of them.'),
      })
      .default({}),
  })
  .meta({ id: 'Search' })

const Found = z
  .strictObject({
    space: z.string().describe('The vector space; scores of different spaces cannot be compared.'),
    entries: z.array(
      z.strictObject({
        item: ItemEntry,
        score: z.number().describe('Cosine similarity of the best place.'),
        segments: z.array(
          z.strictObject({
            segment: z.int(),
            score: z.number(),
            text: z.string().nullable().describe('Hash of the text that `start` and `end` count in, in UTF-16 units.'),
            start: z.int().nullable(),
            end: z.int().nullable(),
            startMs: z.int().nullable(),
            endMs: z.int().nullable(),
            quote: z.string().nullable().describe('What is said there, as far as rights allow.'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'SearchResults' })

const search = createRoute({
  method: 'post',
  path: '/v1/search',
  tags: ['Items'],
  summary: 'Items by meaning, nearest first, with the places that match best',
  ...scope('read'),
  request: { body: { required: true, content: { 'application/json': { schema: Search } } } },
  responses: {
    200: answers(Found, 'Items; empty where nothing is indexed.'),
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
    const found = await searchItems({ text, limit, filter }, service)
    const entries = found.map(({ item, ...rest }) => ({ item: toItemEntry(item), ...rest }))
    return answer(Found, { space: service.embedder.space, entries })
  })
}
