import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { ItemKind } from '../../../content/item.ts'
import type { ItemRecord } from '../../../database/records.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { readQuery } from '../parts/page-query.ts'
import { respond } from '../parts/page-response.ts'
import { ItemsPage } from './page.tsx'

const Query = z.object({
  q: z.string().trim().max(1000).optional(),
  kind: ItemKind.optional(),
  status: z.enum(['complete', 'partial', 'none']).optional(),
  topic: z.string().max(300).optional(),
  cursor: z.string().optional(),
})
const MAX_FOUND = 20
/** How many of the newest items supply the topics to choose from. */
const RECENT_ITEMS = 40

export function itemsPages(app: OpenAPIHono, { service }: HttpDeps): void {
  const { repositories } = service

  app.get('/items', async (c) => {
    const filter = readQuery(c, Query)
    const { q, kind, status, topic, cursor } = filter
    const wanted = {
      ...(kind === undefined ? {} : { kind }),
      ...(status === undefined ? {} : { status }),
      ...(topic === undefined ? {} : { topic }),
    }
    const topics = await topicsToChoose(topic)
    if (q === undefined) {
      const page = await repositories.items.list(wanted, cursor === undefined ? {} : { cursor })
      return respond(<ItemsPage filter={filter} topics={topics} items={page.entries} next={page.next} search={null} />)
    }
    const near = {
      ...(kind === undefined ? {} : { kinds: [kind] }),
      ...(topic === undefined ? {} : { topics: [topic] }),
    }
    const answered = await service.search({ text: q, limit: MAX_FOUND, filter: near })
    const found = answered.found.filter(({ item }) => status === undefined || statusOf(item) === status)
    return respond(<ItemsPage filter={filter} topics={topics} items={[]} next={null} search={{ ...answered, found }} />)
  })

  /** Topics of the newest items, by name. */
  async function topicsToChoose(chosen: string | undefined) {
    const { entries } = await repositories.items.list({}, { limit: RECENT_ITEMS })
    const labels = await Promise.all(entries.map(({ id }) => repositories.understandings.labels(id)))
    const topics = new Map<string, string>(
      labels
        .flat()
        .flatMap(({ facet, taxonomy, labelId, name }) =>
          facet === 'topics' && taxonomy !== null && labelId !== null
            ? [[`${taxonomy}/${labelId}`, name] as const]
            : [],
        ),
    )
    if (chosen !== undefined && !topics.has(chosen)) topics.set(chosen, chosen)
    return [...topics].map(([value, name]) => ({ value, name })).sort((a, b) => a.name.localeCompare(b.name, 'en'))
  }
}

const statusOf = ({ current }: ItemRecord) => current?.status ?? 'none'
