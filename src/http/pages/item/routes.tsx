import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Segment } from '../../../content/transcript/segments.ts'
import type { Understanding } from '../../../content/understanding-schema.ts'
import type { ItemRecord } from '../../../database/records.ts'
import { similarItems } from '../../../indexing/similar-items.ts'
import { versionWords } from '../../../search/version-words.ts'
import { noDocument, unknownItem } from '../../answers/refusals.ts'
import type { HttpDeps } from '../../http-deps.ts'
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
  const { items, understandings, runs, reviews } = repositories

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
      if (version !== undefined) throw await noDocument(repositories, id, version)
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

  /** The transcript that a version's offsets count in, and its segments. If another segmenter has cut it, its lines serve as segments. */
  async function wordsOf({ id }: ItemRecord, { texts: published, version }: Understanding) {
    const place = { itemId: id, textHash: published.transcript?.hash ?? null, version }
    const words = await versionWords(place, repositories)
    const { text = '', segments = [] } = words ?? {}
    return { text, segments: segments.length === 0 ? byLine(text) : segments }
  }

  async function titled(document: Understanding) {
    const found = await similarItems(document, items)
    return found.map(({ item: { id, title }, score }) => ({ id, score, title }))
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
