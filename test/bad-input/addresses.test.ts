import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Item, type ItemInput } from '../../src/content/item.ts'
import type { Service } from '../../src/service.ts'
import { memoryService } from '../support/service.ts'

const VTT = 'WEBVTT\n\n00:00.000 --> 00:04.000\nTomatoes need six hours of sun a day in the garden.\n'
const deep = `{"chapters":${'['.repeat(200_000)}${']'.repeat(200_000)}}`

let origin: Server
let at: string
let service: Service
let sent = 0

beforeAll(async () => {
  origin = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/good.vtt') return response.end(VTT)
    if (path === '/deep.json') return response.end(deep)
    if (path === '/cut')
      return void response.writeHead(200, { 'content-length': 500 }).write('WEBVTT', () => response.destroy())
    if (path === '/endless') {
      const chunk = Buffer.alloc(1024 * 1024, 'word ')
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length
        response.once('drain', more)
      }
      return more()
    }
    return response.writeHead(404).end()
  })
  await new Promise<void>((done) => origin.listen(0, '127.0.0.1', done))
  at = `http://127.0.0.1:${z.object({ port: z.int() }).parse(origin.address()).port}`
  service = await memoryService({
    LINERNOTES_EFFORT: 'quick',
    LINERNOTES_ALLOW_PRIVATE_URLS: '1',
    LINERNOTES_TRANSCRIBER_MODEL: 'whisper',
    LINERNOTES_TRANSCRIBER_URL: `${at}/nothing`,
    LINERNOTES_MODEL_RETRIES: '0',
  })
})
afterAll(async () => {
  await service?.close()
  origin.closeAllConnections()
  await new Promise((done) => origin.close(done))
})

async function understood(item: Partial<ItemInput>, by: Service = service) {
  const input = Item.parse({ kind: 'talk', title: 'Growing tomatoes in the garden', ...item })
  const { id, itemId } = await by.runs.submit(input)
  expect(await by.runs.wait(id)).toMatchObject({ error: null })
  const document = await by.repositories.understandings.current(itemId)
  if (document === null) throw new Error('nothing was published')
  const missing = document.abstentions.find(({ facet }) => facet === 'transcript')?.reason
  return { document, missing }
}

describe('the address of a transcript', { timeout: 120_000 }, () => {
  it.each([
    ['/none', /none answered 404: it is not there/],
    ['/cut', /cut cannot be reached or broke off/],
    ['/deep.json', /deep\.json: .*levels deep/],
    ['/endless', /endless is larger than 33554432 bytes/],
  ])('%s leaves the item to its metadata and says why, without what may be a signature', async (path, why) => {
    const { document, missing } = await understood({ transcripts: [{ url: `${at}${path}?token=secret` }] })
    expect(document.status).toBe('partial')
    expect(missing).toMatch(why)
    expect(missing?.match(new RegExp(path, 'g'))).toHaveLength(1)
    expect(missing).not.toContain('secret')
    expect(document.texts.title).toBeDefined()
  })

  it('is not read on once it is too large', () => expect(sent).toBeLessThan(80 * 1024 * 1024))

  it('that does not answer takes nothing from one that does', async () => {
    const { document, missing } = await understood({ transcripts: [{ url: `${at}/none` }, { url: `${at}/good.vtt` }] })
    expect(missing).toBeUndefined()
    expect(document.texts.transcript?.chars).toBe(51)
  })

  it('that is private is refused unless that is meant, naming the variable', async () => {
    const guarded = await memoryService({ LINERNOTES_EFFORT: 'quick' })
    try {
      const { missing } = await understood({ transcripts: [{ url: `${at}/good.vtt` }] }, guarded)
      expect(missing).toMatch(/is not public; LINERNOTES_ALLOW_PRIVATE_URLS=1/)
    } finally {
      await guarded.close()
    }
  })
})

it('chapters nested 200,000 deep are noted, and the transcript is read all the same', async () => {
  const { document } = await understood({ transcripts: [{ text: VTT }], chaptersUrl: `${at}/deep.json` })
  expect(document.texts.transcript).toBeDefined()
  expect(document.provenance.notes).toContainEqual(
    expect.stringMatching(/^the publisher's chapters could not be read: .*deep/),
  )
  expect(document.status).toBe('partial')
  expect(document.abstentions).toContainEqual({
    facet: 'chapters',
    reason: expect.stringMatching(/^the publisher's chapters could not be read: .*deep/),
  })
})

it('a transcriber that is away is named, and the item is understood from its metadata', async () => {
  const { document, missing } = await understood({ audio: { url: `${at}/good.vtt` } })
  expect(document.status).toBe('partial')
  expect(missing).toMatch(
    /^the item has no transcript; transcription by .*whisper at http.* rejected the request \(404/,
  )
})
