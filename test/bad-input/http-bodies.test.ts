import { createServer, request } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Understanding } from '../../src/content/understanding-schema.ts'
import { createApp } from '../../src/http/app.ts'
import { ProblemDocument } from '../../src/http/schemas/problem-schemas.ts'
import type { Service } from '../../src/service.ts'
import { type CheckedApp, checkedApp } from '../support/checked-app.ts'
import { memoryService, silent } from '../support/service.ts'

let service: Service
let app: CheckedApp

beforeAll(async () => {
  service = await memoryService({ LINERNOTES_EFFORT: 'quick', LINERNOTES_MAX_BODY_BYTES: String(4 * 1024 * 1024) })
  app = await checkedApp(createApp({ service, log: silent, version: '1.2.3' }))
})
afterAll(() => service?.close())

const talk = (members: object) => ({ kind: 'talk', title: 'Growing tomatoes in the garden', ...members })
const submit = (body: unknown) => app.post('/v1/items', body, { prefer: 'wait=120' })
const understood = async (body: unknown) => {
  const response = await submit(body)
  expect(response.status).toBe(200)
  return Understanding.parse(await response.json())
}
const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`

describe('JSON that is 200,000 levels deep', () => {
  it.each([
    ['as the body', deep],
    ['as an unknown member', `{"kind":"talk","x":${deep}}`],
    ['as a known member', `{"kind":"talk","transcripts":${deep}}`],
  ])('%s is refused before anything parses it', async (_, body) => {
    const response = await submit(body)
    expect(ProblemDocument.parse(await response.json())).toMatchObject({ status: 400, type: '/problems/too-deep' })
  })

  it.each([deep, '{"a":'.repeat(200_000)])(
    'as an inline transcript leaves the item to its metadata, and says why',
    async (text) => {
      const { status, abstentions } = await understood(talk({ transcripts: [{ text, type: 'application/json' }] }))
      expect(status).toBe('partial')
      expect(abstentions.find(({ facet }) => facet === 'transcript')?.reason).toMatch(/^transcripts\/0: .*levels deep/)
    },
  )
})

describe('strings that are not well-formed', () => {
  it('are mended where they are published: no consumer is given a lone surrogate or NUL', async () => {
    const bad = 'a\ud800b\u0000c\udfff'
    const item = talk({
      title: bad,
      description: `${bad} about tomatoes`,
      parent: { id: bad, kind: bad, title: bad, publisher: bad },
      categories: [bad],
      chapters: [{ startMs: 0, title: bad }],
      transcripts: [{ text: `Tomatoes ${bad} need six hours of sun a day in the garden.` }],
    })
    const response = await submit(item)
    const text = await response.text()
    expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i)
    const { item: published, chapters, texts } = Understanding.parse(JSON.parse(text))
    expect(published).toMatchObject({ title: 'a\ufffdb\ufffdc\ufffd', parent: { publisher: 'a\ufffdb\ufffdc\ufffd' } })
    expect(chapters[0]?.title).toBe('a\ufffdb\ufffdc\ufffd')
    const served = await app.request(`/v1/items/${published.id}/texts/${texts.transcript?.hash}`)
    expect(await served.text()).toMatch(/^Tomatoes a\ufffdb/)
  })

  it('are no ids', async () => {
    for (const id of ['a\ud800', 'a\u0000', 'a\u2028b', '']) {
      const problem = ProblemDocument.parse(await (await submit(talk({ id }))).json())
      expect(problem).toMatchObject({ status: 422, errors: [{ pointer: '/id' }] })
    }
  })

  it('in addresses and parameters find nothing, and break nothing', async () => {
    expect((await app.request('/v1/items/%00')).status).toBe(404)
    expect((await app.request('/v1/items/%E0%A4%A')).status).toBe(404)
    expect((await app.request('/v1/runs?item=%00')).status).toBe(200)
    expect((await app.post('/v1/search', '{"text":"\\ud800\\u0000 tomato"}')).status).toBe(200)
  })
})

describe('odd ids', () => {
  it.each(['a/b', '100%', '%2e%2e', 'a?b#c', 'ü😀', '__proto__', '"<b>', '...', 'x'.repeat(200)])(
    '%s leads to its item',
    async (id) => {
      await submit(talk({ id, transcripts: [] }))
      const response = await app.request(`/v1/items/${encodeURIComponent(id)}/understanding`)
      expect(Understanding.parse(await response.json()).item.id).toBe(id)
    },
  )

  it.each(['.', '..', 'x'.repeat(201)])('%s, which no address can hold, is refused at once', async (id) => {
    expect(ProblemDocument.parse(await (await submit(talk({ id }))).json()).errors).toHaveLength(1)
  })
})

describe('bodies that are not what they must be', () => {
  it('compressed: says so, instead of calling it broken', async () => {
    const response = await app.post('/v1/items', talk({}), { 'content-encoding': 'gzip' })
    expect(ProblemDocument.parse(await response.json())).toMatchObject({ status: 415, type: '/problems/encoded' })
  })

  it('URLs of other schemes: says which are taken, and where', async () => {
    const response = await submit(talk({ transcripts: [{ url: 'file:///etc/passwd' }] }))
    expect(ProblemDocument.parse(await response.json()).errors).toEqual([
      { pointer: '/transcripts/0/url', message: 'give an http or https URL' },
    ])
  })

  it('200 MB: refused on the word of its header, after one byte', async () => {
    const server = createServer(getRequestListener(createApp({ service, log: silent, version: '1' }).fetch))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    try {
      const { port } = z.object({ port: z.int() }).parse(server.address())
      const status = await new Promise((done, fail) => {
        const headers = { 'content-type': 'application/json', 'content-length': 200 * 1024 * 1024 }
        const sending = request({ port, host: '127.0.0.1', path: '/v1/items', method: 'POST', headers }, (answer) => {
          answer.resume()
          done([answer.statusCode, answer.headers.connection])
          sending.destroy()
        })
        sending.on('error', fail)
        sending.write('{')
      })
      expect(status).toEqual([413, 'close'])
    } finally {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  })

  it('in another shape: times that run backwards are put in order, those past the end dropped, with a note each', async () => {
    const text =
      'WEBVTT\n\n00:10.000 --> 00:12.000\nTomatoes need sun.\n\n00:03.000 --> 00:04.000\nAnd water at the root.\n\n00:01.000 --> 00:00.500\nNever on the leaves.'
    const { chapters, provenance } = await understood(talk({ durationMs: 5000, transcripts: [{ text }] }))
    expect(provenance.notes.filter((note) => note.startsWith('transcript:'))).toEqual([
      'transcript: 1 time lies past the duration of 5000 ms and was dropped.',
      'transcript: 1 cue stood out of order and was put in order.',
    ])
    for (const { startMs, endMs } of chapters) expect(Math.max(startMs ?? 0, endMs ?? 0)).toBeLessThanOrEqual(5000)
  })
})
