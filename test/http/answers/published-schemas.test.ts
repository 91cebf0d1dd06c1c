import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { schemaFiles } from '../../../src/cli/render/json-schemas.ts'
import { createApp } from '../../../src/http/app.ts'
import type { Service } from '../../../src/service.ts'
import { type CheckedApp, checkedApp } from '../../support/checked-app.ts'
import { memoryService, silent } from '../../support/service.ts'

const Document = z.looseObject({
  paths: z.record(
    z.string(),
    z.looseObject({ post: z.looseObject({ requestBody: z.unknown().optional() }).optional() }),
  ),
  components: z.looseObject({}),
})
const Body = z.looseObject({
  content: z.looseObject({ 'application/json': z.looseObject({ schema: z.looseObject({}) }) }),
})

let service: Service
let app: CheckedApp
let bodyOf: (path: string) => ValidateFunction
beforeAll(async () => {
  service = await memoryService({ LINERNOTES_EFFORT: 'quick' })
  app = await checkedApp(createApp({ service, log: silent, version: '1.2.3' }))
  const { paths, components } = Document.parse(await (await app.request('/openapi.json')).json())
  const ajv = independent()
  ajv.addSchema({ $id: 'openapi', components })
  bodyOf = (path) => {
    const { schema } = Body.parse(paths[path]?.post?.requestBody).content['application/json']
    return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')))
  }
})
afterAll(() => service?.close())

/** Knows JSON Schema and nothing of ours. */
function independent(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, strictTypes: false })
  ajv.addVocabulary(['components'])
  addFormats.default(ajv)
  return ajv
}

/** Whether the service takes a body; what it takes but does not know the subject of (404) fits. */
async function isTaken(path: string, body: unknown): Promise<boolean> {
  const { status } = await app.post(path, body, { prefer: 'respond-async' })
  expect([200, 202, 404, 422]).toContain(status)
  return status !== 422
}

const talk = (members: object) => ({ kind: 'talk', ...members })
const transcript = (source: unknown) => talk({ transcripts: [source] })

describe('an item', () => {
  it.each([
    [true, talk({})],
    [true, transcript({ text: 'On tides.' })],
    [true, transcript({ text: '', type: 'text/plain', language: 'en-GB', rel: 'captions' })],
    [true, transcript({ url: 'https://talks.example/tides.vtt', type: 'text/vtt' })],
    [true, transcript({ url: 'HTTPS://talks.example/tides.vtt' })],
    [true, talk({ transcripts: [{ text: 'a' }, { url: 'http://talks.example/a.txt' }] })],
    [false, transcript({})],
    [false, transcript({ type: 'text/vtt' })],
    [false, transcript({ text: 'a', url: 'https://talks.example/tides.vtt' })],
    [false, transcript({ text: 'a', url: null })],
    [false, transcript({ text: null })],
    [false, talk({ transcripts: [{ text: 'a' }, {}] })],
    [false, transcript({ url: 'ftp://talks.example/tides.vtt' })],
    [false, transcript({ url: 'tides.vtt' })],
    [false, transcript({ text: 'a', language: 'en us' })],
    [false, transcript({ text: 'a', words: 1 })],
    [
      true,
      talk({ audio: { url: 'https://talks.example/tides.mp3' }, artwork: { url: 'https://talks.example/a.png' } }),
    ],
    [false, talk({ audio: {} })],
    [false, talk({ audio: { url: 'data:audio/mpeg;base64,AAAA' } })],
    [
      true,
      talk({
        chapters: [
          { startMs: null, title: 'One' },
          { startMs: 1, endMs: 2, title: 'Two' },
        ],
      }),
    ],
    [false, talk({ chapters: [{ title: 'One' }] })],
    [false, talk({ chapters: [{ startMs: -1, title: 'One' }] })],
    [true, talk({ id: 'ü/1', publishedAt: '2026-01-31T08:00:00+01:00', durationMs: 0, rights: 'offsets' })],
    [false, talk({ id: '..' })],
    [false, talk({ id: 'a\nb' })],
    [false, talk({ publishedAt: '2026-01-31' })],
    [false, talk({ durationMs: 1.5 })],
    [false, talk({ rights: 'some' })],
    [false, talk({ colour: 'red' })],
    [false, { title: 'no kind' }],
    [false, []],
  ])('is accepted (%s) by the published schemas as by the service: %j', async (taken, item) => {
    const file = independent().compile(schemaFiles().get('item.schema.json') ?? false)
    const opinions = {
      file: file(item),
      openapi: bodyOf('/v1/items')(item),
      service: await isTaken('/v1/items?fetch=false', item),
    }
    expect(opinions).toEqual({ file: taken, openapi: taken, service: taken })
  })
})

const decision = (members: object) => ({ action: 'approve', by: 'me', ...members })

describe('other requests with alternatives', () => {
  it.each([
    ['/v1/runs/{id}/fork', true, { at: 'topics.0' }],
    ['/v1/runs/{id}/fork', true, { at: 'topics.0', strict: false, prompts: { topics: 'topics/v1' } }],
    ['/v1/runs/{id}/fork', true, { live: 'chat', strict: true }],
    ['/v1/runs/{id}/fork', false, {}],
    ['/v1/runs/{id}/fork', false, { at: 'topics.0', live: 'chat' }],
    ['/v1/runs/{id}/fork', false, { at: 'topics.0', strict: true }],
    ['/v1/reviews/{id}', true, decision({})],
    ['/v1/reviews/{id}', true, decision({ value: null })],
    ['/v1/reviews/{id}', true, decision({ action: 'amend', value: { risk: 'low' } })],
    ['/v1/reviews/{id}', false, decision({ value: { risk: 'low' } })],
    ['/v1/reviews/{id}', false, decision({ action: 'amend' })],
    ['/v1/reviews/{id}', false, decision({ action: 'amend', value: null })],
    ['/v1/prune', true, { keepPerItem: 100, dryRun: true }],
    ['/v1/prune', true, { endedBefore: '2026-01-31T08:00:00Z', dryRun: true }],
    ['/v1/prune', true, { compact: true, dryRun: true }],
    ['/v1/prune', false, { compact: false }],
    ['/v1/prune', false, { dryRun: true }],
  ])('POST %s is accepted (%s) by the published schema as by the service: %j', async (path, taken, body) => {
    const service = await isTaken(path.replace('{id}', 'none'), body)
    expect({ openapi: bodyOf(path)(body), service }).toEqual({ openapi: taken, service: taken })
  })
})
