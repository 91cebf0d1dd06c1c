import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublisherChapter } from '../../../src/content/item.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { FetchError, type Fetcher } from '../../../src/ingest/fetch/fetcher.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk } from '../../support/desk.ts'
import { talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const bounds = (chapters: readonly { title: string; startMs: number | null; endMs: number | null }[]) =>
  chapters.map(({ title, startMs, endMs }) => `${title} ${startMs}-${endMs}`)

const ofChapters = (notes: readonly string[]) => notes.filter((note) => note.includes('chapter'))

/** What is published of an item's own chapters, and what the document says of them. */
async function published(chapters: PublisherChapter[], durationMs?: number) {
  const { document } = await openDesk(database).understand(
    talk({ chapters, ...(durationMs === undefined ? {} : { durationMs }) }),
  )
  return { chapters: bounds(document.chapters), notes: ofChapters(document.provenance.notes) }
}

describe("a publisher's chapters", () => {
  it('are left out if they begin at or after the end of the item, and the document says so', async () => {
    const { chapters, notes } = await published(
      [
        { startMs: 500_000, title: 'past the end' },
        { startMs: 60_000, title: 'at the end' },
        { startMs: 0, title: 'first' },
      ],
      60_000,
    )
    expect(chapters).toEqual(['first 0-60000'])
    expect(notes).toEqual([
      "the publisher's chapters: 2 chapters begin at or past the item's duration of 60000 ms: left out",
    ])
  })

  it('end with the item if they would go on after it, and the document says so', async () => {
    const { chapters, notes } = await published([{ startMs: 0, endMs: 90_000, title: 'all of it' }], 60_000)
    expect(chapters).toEqual(['all of it 0-60000'])
    expect(notes).toEqual([
      "the publisher's chapters: 1 chapter ends past the item's duration of 60000 ms: cut off there",
    ])
  })

  it('have no end if they have no time, keep their place, and do not change the ends of others', async () => {
    const { chapters, notes } = await published(
      [
        { startMs: 0, title: 'one' },
        { startMs: null, title: 'between' },
        { startMs: 30_000, title: 'two' },
        { startMs: null, endMs: 50_000, title: 'after' },
      ],
      60_000,
    )
    expect(chapters).toEqual(['one 0-30000', 'between null-null', 'two 30000-60000', 'after null-null'])
    expect(notes).toEqual([])
  })

  it('stay as declared if the duration of the item is not known', async () => {
    const declared = [
      { startMs: 500_000, title: 'late' },
      { startMs: 0, title: 'first' },
    ]
    const open = { chapters: ['first 0-500000', 'late 500000-null'], notes: [] }
    expect(await published(declared)).toEqual(open)
    expect(await published(declared, 0)).toEqual(open)
  })

  it('are bounded also if they come by URL; if none is left, the chapters agent is asked', async () => {
    const document = { version: '1.2.0', chapters: [{ startTime: 500, title: 'past the end' }] }
    const fetcher: Fetcher = {
      fetch: async ({ url }) => ({
        url,
        status: 200,
        contentType: 'application/json+chapters',
        validators: { etag: '"1"', lastModified: null },
        bytes: new TextEncoder().encode(JSON.stringify(document)),
      }),
      validators: async () => null,
    }
    const stage = cast({})
    const desk = openDesk(database, { chat: stage.model, ports: { fetcher } })
    const item = talk({ chaptersUrl: 'https://example.org/chapters.json', durationMs: 60_000 })
    const { document: made } = await desk.understand(item)
    expect(made.chapters).toEqual([])
    expect(ofChapters(made.provenance.notes)).toEqual([
      "the publisher's chapters: 1 chapter begins at or past the item's duration of 60000 ms: left out",
    ])
    expect(stage.agents()).toContain('chapters')
  })

  it.each([
    [
      'that cannot be fetched',
      async () => {
        throw new FetchError('http_status', 'https://example.org/chapters.json answered 503.', 503)
      },
      /answered 503/,
    ],
    ['that are no chapters', async () => new TextEncoder().encode('<html>gone</html>'), /JSON/],
  ])('%s leave an abstention and a note, and the chapters agent is asked in their place', async (_, bytes, why) => {
    let away = true
    const fetcher = serving(async () => (away ? bytes() : file([{ startTime: 0, title: 'Cards' }])))
    const stage = cast({})
    const desk = openDesk(database, { chat: stage.model, ports: { fetcher } })
    const item = talk({ chaptersUrl: 'https://example.org/chapters.json' })
    const { document, run } = await desk.understand(item)
    const reason = expect.stringMatching(new RegExp(`^the publisher's chapters could not be read: .*${why.source}`))
    expect(run.status).toBe('partial')
    expect(document.status).toBe('partial')
    expect(document.abstentions).toEqual([{ facet: 'chapters', reason }])
    expect(document.provenance.notes).toContainEqual(reason)
    expect(stage.agents()).toContain('chapters')

    away = false
    const again = await desk.understand(item)
    expect(again.document).toMatchObject({ version: 2, status: 'complete', abstentions: [] })
    expect(bounds(again.document.chapters)).toEqual(['Cards 0-null'])
  })
})

/** A server that gives these bytes; what it validates by changes with them. */
function serving(bytes: () => Promise<Uint8Array>): Fetcher {
  const validatorsOf = (given: Uint8Array) => ({ etag: `"${given.length}"`, lastModified: null })
  return {
    async fetch({ url }) {
      const given = await bytes()
      return { url, status: 200, contentType: 'application/json', validators: validatorsOf(given), bytes: given }
    },
    validators: async () => validatorsOf(await bytes()),
  }
}

const file = (chapters: { startTime: number; title: string }[]) =>
  new TextEncoder().encode(JSON.stringify({ version: '1.2.0', chapters }))
