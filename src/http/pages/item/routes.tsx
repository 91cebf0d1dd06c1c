import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { SEGMENTER_VERSION } from '../../../content/transcript/segmenter.ts'
import { Segment } from '../../../content/transcript/segments.ts'
import type { Understanding } from '../../../content/understanding-schema.ts'
import type { ItemRecord } from '../../../database/records.ts'
import { Problem } from '../../answers/problem.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { unknownItem } from '../../routes/items-routes.ts'
import { readQuery } from '../parts/page-query.ts'
import { respond } from '../parts/page-response.ts'
import { facetsOf } from './labels-view.ts'
import { ItemPage, UnpublishedPage } from './page.tsx'
import { viewTimeline } from './timeline-view.ts'
import { viewTranscript } from './transcript-view.ts'

const Query = z.object({ version: z.coerce.number().int().min(1).optional() })
const VERSIONS = 20
const RUNS = 10

export function itemPages(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  const { items, texts, understandings, runs, reviews } = repositories

  app.get('/items/:id', async (c) => {
    const id = c.req.param('id')
    const { version } = readQuery(c, Query)
    const [record, document, versionPage, runPage, openReviews] = await Promise.all([
      items.get(id),
      version === undefined ? understandings.current(id) : understandings.version(id, version),
      understandings.versions(id, { limit: VERSIONS }),
      runs.list({ itemId: id }, { limit: RUNS }),
      reviews.list({ itemId: id, status: 'open' }, {}),
    ])
    if (record === null) throw unknownItem(id)
    if (document === null) {
      if (version !== undefined) throw new Problem('not-found', `item "${id}" has no version ${version}`)
      return respond(<UnpublishedPage record={record} runs={runPage.entries} />)
    }
    const { text, segments } = await wordsOf(record, document)
    const facets = facetsOf(document, { text, segments })
    const labels = facets.flatMap((facet) => facet.labels)
    const words = record.item.rights === 'full'
    return respond(
      <ItemPage
        record={record}
        document={document}
        facets={facets}
        timeline={viewTimeline(document, facets, segments)}
        sections={viewTranscript({ text, segments, chapters: document.chapters, labels, words })}
        versions={versionPage.entries}
        reviews={openReviews.entries}
        runs={runPage.entries}
        similar={await titled(document)}
      />,
    )
  })

  /** The transcript that a version counts in, and its segments; whole where they were cut by another segmenter. */
  async function wordsOf({ id }: ItemRecord, { texts: published }: Understanding) {
    const hash = published.transcript?.hash
    if (hash === undefined) return { text: '', segments: [] }
    const [text, derived] = await Promise.all([
      texts.get(id, hash),
      texts.getDerived(id, { textHash: hash, kind: 'segments', version: `segmenter@${SEGMENTER_VERSION}` }),
    ])
    if (text === null) return { text: '', segments: [] }
    const segments = Segment.array().safeParse(derived?.value).data ?? byLine(text.text)
    return { text: text.text, segments }
  }

  async function titled({ similar }: Understanding) {
    const found = await Promise.all(
      similar.map(async ({ itemId, score }) => ({ id: itemId, score, record: await items.get(itemId) })),
    )
    return found.flatMap(({ id, score, record }) => (record === null ? [] : [{ id, score, title: record.title }]))
  }
}

/** Lines of a text as segments of which nothing else is known. */
function byLine(text: string): Segment[] {
  return [...text.matchAll(/[^\n]+/g)].map(({ 0: line, index: start }, index) => ({
    index,
    start,
    end: start + line.length,
    words: 0,
    language: null,
    role: 'unknown',
    speaker: null,
    startMs: null,
    endMs: null,
    timing: null,
  }))
}
