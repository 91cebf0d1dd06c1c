import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Understanding } from '../../../src/content/understanding-schema.ts'
import { createApp } from '../../../src/http/app.ts'
import { Changes } from '../../../src/http/schemas/changes-schemas.ts'
import { ItemPage, VersionPage } from '../../../src/http/schemas/item-schemas.ts'
import { RunAnswer, RunPage } from '../../../src/http/schemas/run-schemas.ts'
import { SearchResults } from '../../../src/http/schemas/search-schemas.ts'
import { createSearch } from '../../../src/search/search-items.ts'
import type { Service } from '../../../src/service.ts'
import { type CheckedApp, checkedApp } from '../../support/checked-app.ts'
import { memoryService, silent } from '../../support/service.ts'

const TEXT = [
  'Ada: Welcome to the garden hour. Today we talk about tomatoes, and how to grow them in a small garden.',
  'Ben: Tomatoes need six hours of sun a day, and water at the root, never on the leaves.',
  'Ada: So the gardener in Lisbon told us to plant basil beside them, which keeps the whitefly away.',
  'Ben: And in the evening you cook the tomatoes with garlic and olive oil, and eat the sauce with pasta.',
].join('\n')
const ID = 'garden/1 é?'
const PATH = `/v1/items/${encodeURIComponent(ID)}`
const HASH = `sha256:${'0'.repeat(64)}` as const
const ITEM = { id: ID, kind: 'podcast_episode', title: 'Tomatoes', language: 'en', transcripts: [{ text: TEXT }] }

let service: Service
let app: CheckedApp
let first: Response
let published: Understanding

beforeAll(async () => {
  service = await memoryService({ LINERNOTES_CONCURRENCY: '1', LINERNOTES_EFFORT: 'quick' })
  app = await checkedApp(createApp({ service, log: silent, version: '1.2.3' }))
  first = await app.post('/v1/items?effort=quick', ITEM, { prefer: 'wait=120' })
  published = Understanding.parse(await first.clone().json())
})
afterAll(() => service?.close())

describe('POST /v1/items', () => {
  it('answers with the understanding, its run and its outcome', () => {
    expect(first.status).toBe(200)
    expect(published).toMatchObject({ version: 1, item: { id: ID }, provenance: { effort: 'quick' } })
    expect(first.headers.get('linernotes-outcome')).toBe(published.status)
    expect(first.headers.get('linernotes-run')).toBe(published.provenance.runId)
    expect(first.headers.get('etag')).toContain(published.provenance.runId)
  })

  it('says that nothing changed, and makes no new version', async () => {
    const again = await app.post('/v1/items?effort=quick', ITEM, { prefer: 'wait=120' })
    expect(again.status).toBe(200)
    expect(again.headers.get('linernotes-outcome')).toBe('unchanged')
    expect(await again.json()).toEqual(published)
  })

  it('answers in another format if one is asked for', async () => {
    const asked = { prefer: 'wait=120', accept: 'application/json+chapters' }
    const again = await app.post('/v1/items?effort=quick', ITEM, asked)
    expect(again.headers.get('content-type')).toBe('application/json+chapters')
  })

  it('does not wait with respond-async, and gives the address of the run, where its end can be seen', async () => {
    const other = { ...ITEM, id: 'async' }
    const response = await app.post('/v1/items?effort=quick&fetch=false', other, { prefer: 'respond-async' })
    expect(response.status).toBe(202)
    const location = response.headers.get('location') ?? ''
    const { id, links } = RunAnswer.parse(await response.json())
    expect(location).toBe(`/v1/runs/${id}`)
    expect(links.self).toBe(location)
    await service.runs.wait(id)
    const ended = RunAnswer.parse(await (await app.request(location)).json())
    expect(ended).toMatchObject({ itemId: 'async', version: 1, error: null })
    expect(ended.config).toMatchObject({ settings: { ports: { fetch: false } } })
    expect(['complete', 'partial']).toContain(ended.status)
  })

  it('runs the facets that are asked for, although nothing changed', async () => {
    const response = await app.post('/v1/items?effort=quick&facets=topics,summary', ITEM, { prefer: 'wait=120' })
    expect(response.headers.get('linernotes-outcome')).not.toBe('unchanged')
    const { provenance } = Understanding.parse(await response.json())
    expect(provenance.facets.topics?.run).toBe(provenance.runId)
    expect(provenance.facets.entities?.run).toBe(published.provenance.runId)
  })

  it('starts one run for one idempotency key, and refuses the key for another request', async () => {
    const headers = { prefer: 'respond-async', 'idempotency-key': 'k-1' }
    const item = { ...ITEM, id: 'once' }
    const [one, two] = await Promise.all([app.post('/v1/items', item, headers), app.post('/v1/items', item, headers)])
    const { id } = RunAnswer.parse(await one.json())
    expect(RunAnswer.parse(await two.json()).id).toBe(id)
    const otherBody = await app.post('/v1/items', { ...item, title: 'Other' }, headers)
    expect(otherBody.status).toBe(422)
    expect(await otherBody.json()).toMatchObject({ type: '/problems/key-in-use' })
    expect((await app.post('/v1/items?effort=thorough', item, headers)).status).toBe(422)
    await service.runs.wait(id)
    const late = await app.post('/v1/items', item, { ...headers, prefer: 'wait=1' })
    expect([late.status, late.headers.get('linernotes-run')]).toEqual([200, id])
  })

  it('tells a waiting request that its run was cancelled', async () => {
    const busy = app.post('/v1/items', { ...ITEM, id: 'busy' }, { prefer: 'wait=120' })
    const waiting = app.post('/v1/items', { ...ITEM, id: 'unwanted' }, { prefer: 'wait=120' })
    const queued = async () => RunPage.parse(await (await app.request('/v1/runs?item=unwanted')).json()).entries[0]
    await expect.poll(queued).toBeDefined()
    const path = `/v1/runs/${(await queued())?.id}`
    const cancelled = await app.request(`${path}/cancel`, { method: 'POST' })
    expect(cancelled.status).toBe(202)
    const response = await waiting
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      type: '/problems/run-cancelled',
      run: path,
    })
    expect((await app.request('/v1/items/unwanted/understanding')).status).toBe(404)
    expect((await busy).status).toBe(200)
  })
})

describe('reading items over HTTP', () => {
  it('serves the item as it was given', async () => {
    const item = await (await app.request(PATH)).json()
    expect(item).toMatchObject({ id: ID, kind: 'podcast_episode', item: ITEM, links: { self: PATH } })
  })

  it('serves a version that never changes, and 304 to a client that has it', async () => {
    const one = await app.request(`${PATH}/understanding?version=1`)
    expect(await one.json()).toEqual(published)
    const etag = one.headers.get('etag') ?? ''
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await app.request(`${PATH}/understanding?version=1`, { headers: { 'if-none-match': known } })
      expect([again.status, await again.text()]).toEqual([304, ''])
    }
    const other = await app.request(`${PATH}/understanding?version=1&format=jsonld`, {
      headers: { 'if-none-match': etag },
    })
    expect(other.status).toBe(200)
    expect((await app.request(`${PATH}/understanding?version=99`)).status).toBe(404)
  })

  it('serves every format that the document describes', async () => {
    for (const [format, member] of [
      ['openrtb', 'cattax'],
      ['chapters', 'chapters'],
      ['jsonld', '@type'],
    ] as const)
      expect(await (await app.request(`${PATH}/understanding?format=${format}`)).json()).toHaveProperty([member])
    expect((await app.request(`${PATH}/understanding`, { headers: { accept: 'text/html' } })).status).toBe(406)
  })

  it('serves the chapters of an item without a title as its interface describes them, without a title', async () => {
    const untitled = { ...ITEM, id: 'untitled', title: '' }
    const asked = { prefer: 'wait=120', accept: 'application/json+chapters' }
    const given: unknown = await (await app.post('/v1/items?effort=quick', untitled, asked)).json()
    const served: unknown = await (await app.request('/v1/items/untitled/understanding?format=chapters')).json()
    expect(served).toMatchObject({ version: '1.2.0', chapters: expect.any(Array) })
    expect(served).not.toHaveProperty('title')
    expect(given).toEqual(served)
  })

  it('serves the texts that evidence counts in: every quote is at its offsets', async () => {
    const hash = published.texts.transcript?.hash ?? ''
    const response = await app.request(`${PATH}/texts/${hash}`)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(response.headers.get('cache-control')).toContain('immutable')
    const text = await response.text()
    const evidence = [...published.topics, ...published.entities].flatMap((label) => label.evidence)
    const quoted = evidence.filter((one) => one.text === hash)
    expect(quoted.length).toBeGreaterThan(0)
    for (const { start, end, quote } of quoted) expect(text.slice(start, end)).toBe(quote)
    expect((await app.request(`${PATH}/texts/${HASH}`)).status).toBe(404)
    expect((await app.request(`${PATH}/texts/nonsense`)).status).toBe(404)
  })

  it('lists items in pages that link to one another', async () => {
    const seen: string[] = []
    let path: string | undefined = '/v1/items?limit=2&kind=podcast_episode'
    while (path !== undefined) {
      const response = await app.request(path)
      const page = ItemPage.parse(await response.json())
      seen.push(...page.entries.map(({ id }) => id))
      path = /<(.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
      expect(page.next === null).toBe(path === undefined)
    }
    expect(seen).toContain(ID)
    expect(new Set(seen).size).toBe(seen.length)
    expect(await (await app.request('/v1/items?kind=song')).json()).toEqual({ entries: [], next: null })
    const { taxonomy, id } = published.topics[0] ?? { taxonomy: '', id: '' }
    const topic = encodeURIComponent(`${taxonomy}/${id}`)
    const withTopic = ItemPage.parse(await (await app.request(`/v1/items?topic=${topic}`)).json())
    expect(withTopic.entries.map((entry) => entry.id)).toContain(ID)
  })

  it('lists versions and changes in their order', async () => {
    const { entries } = VersionPage.parse(await (await app.request(`${PATH}/understanding/versions`)).json())
    expect(entries.at(-1)).toMatchObject({ version: 1, seq: 1, runId: published.provenance.runId })
    const all = Changes.parse(await (await app.request('/v1/changes')).json())
    const seqs = all.entries.map(({ seq }) => seq)
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
    const later = await (await app.request(`/v1/changes?after=${all.after}`)).json()
    expect(later).toEqual({ entries: [], after: all.after })
    const second = Changes.parse(await (await app.request('/v1/changes?after=1&limit=1')).json())
    expect(second.entries.map(({ seq }) => seq)).toEqual([2])
  })

  it('names similar items, and finds items by meaning with the place that matches', async () => {
    const similar = await app.request('/v1/items/once/similar')
    expect(similar.status).toBe(200)
    const hash = published.texts.transcript?.hash ?? HASH
    const text = (await service.repositories.texts.get(ID, hash))?.text ?? ''
    const start = text.indexOf('Tomatoes need')
    const segment = { index: 0, start, end: text.indexOf('So the'), words: 16, language: 'en', role: 'content' }
    const value = [{ ...segment, speaker: null, startMs: null, endMs: null, timing: null }]
    // The text is short enough for one segment: here the second sentence is one.
    const set = `update blobs set packed = false, body = convert_to($1, 'UTF8') where item_id = $2 and hash in
      (select named ->> 'hash' from runs, json_array_elements(derived::json) as named where named ->> 'kind' = 'segments')`
    expect((await service.database.query(set, [JSON.stringify(value), ID])).rowCount).toBe(1)
    const search = { text: 'cooking pasta with tomato sauce', limit: 5, filters: { kinds: ['podcast_episode'] } }
    const found = SearchResults.parse(await (await app.post('/v1/search', search)).json())
    expect(found.behind).toBe(0)
    expect(found.entries.map(({ item }) => item.id)).toContain(ID)
    const places = found.entries.find(({ item }) => item.id === ID)?.segments
    expect(places?.[0]).toMatchObject({ text: hash, start, quote: expect.stringMatching(/^Tomatoes need six hours/) })
    expect(found.abstention).toBeNull()
    const songs = await app.post('/v1/search', { text: 'x', filters: { kinds: ['song'] } })
    expect(SearchResults.parse(await songs.json()).entries).toEqual([])
  })

  it.each([
    ['de', 'Wie kocht man Nudeln mit einer guten Tomatensoße, wenn man nur eine halbe Stunde Zeit hat?'],
    ['es', '¿Cómo se prepara una buena salsa de tomate para la pasta cuando solo se tiene media hora?'],
  ])(
    'compares nothing for a search in "%s", and says that the embedder does not know that language',
    async (language, text) => {
      const { entries, abstention } = SearchResults.parse(await (await app.post('/v1/search', { text })).json())
      expect(entries).toEqual([])
      expect(abstention).toMatch(
        new RegExp(
          `^nothing was compared: the embedder use-lite-en@\\S+ does not read "${language}", .*search in "en"`,
        ),
      )
    },
  )

  it('compares a few words whose language cannot be told, and all words if the embedder knows any language', async () => {
    const few = SearchResults.parse(await (await app.post('/v1/search', { text: 'Nudeln mit Tomatensoße' })).json())
    expect([few.abstention, few.compared > 0]).toEqual([null, true])
    const search = createSearch({
      embedder: { ...service.embedder, languages: 'any' },
      index: service.similarity.index,
      versionTexts: service.repositories.versionTexts,
      indexer: { catchUpWhereIdle: async () => false },
    })
    const text = 'Wie kocht man Nudeln mit einer guten Tomatensoße, wenn man nur eine halbe Stunde Zeit hat?'
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text }) }
    const response = await createApp({ service: { ...service, search }, log: silent, version: '1' }).request(
      '/v1/search',
      init,
    )
    const any = SearchResults.parse(await response.json())
    expect([any.abstention, any.compared > 0]).toEqual([null, true])
  })
})
