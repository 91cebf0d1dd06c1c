import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../../src/http/app.ts'
import type { Service } from '../../../src/service.ts'
import { memoryService, silent } from '../../support/service.ts'

const Media = z.record(z.string(), z.strictObject({ schema: z.looseObject({}) }))
const Parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.string().optional(),
  schema: z.looseObject({}),
})
const Response = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.looseObject({ schema: z.looseObject({}) })).optional(),
  content: Media.optional(),
})
const Operation = z.strictObject({
  operationId: z.string().min(1),
  tags: z.array(z.string()).min(1),
  summary: z.string().min(1),
  description: z.string().optional(),
  'x-linernotes-scope': z.enum(['read', 'write', 'trace', 'review', 'operate', 'none']),
  parameters: z.array(Parameter).optional(),
  requestBody: z.strictObject({ required: z.boolean(), content: Media }).optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), Response),
})
/** OpenAPI 3.1.0 as far as this document uses it; nothing else may stand in it. */
const Document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.string() })),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'delete']), Operation)),
  components: z.strictObject({ schemas: z.record(z.string().regex(/^[\w.-]+$/), z.looseObject({})) }),
})

let service: Service
let document: z.output<typeof Document>
let text: string
beforeAll(async () => {
  service = await memoryService()
  text = await (await createApp({ service, log: silent, version: '1.2.3' }).request('/openapi.json')).text()
  document = Document.parse(JSON.parse(text))
})
afterAll(() => service?.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

describe('/openapi.json', () => {
  it('lists every address of the interface', () => {
    expect(
      operations()
        .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
        .sort(),
    ).toEqual([
      'DELETE /v1/items/{id}',
      'GET /health/live',
      'GET /health/ready',
      'GET /v1/changes',
      'GET /v1/items',
      'GET /v1/items/{id}',
      'GET /v1/items/{id}/similar',
      'GET /v1/items/{id}/texts/{hash}',
      'GET /v1/items/{id}/understanding',
      'GET /v1/items/{id}/understanding/versions',
      'GET /v1/items/{id}/why',
      'GET /v1/reviews',
      'GET /v1/runs',
      'GET /v1/runs/{id}',
      'GET /v1/runs/{id}/diff/{other}',
      'GET /v1/runs/{id}/events',
      'GET /v1/runs/{id}/exchanges/{exchange}',
      'GET /v1/runs/{id}/recording',
      'GET /v1/runs/{id}/steps',
      'GET /v1/runs/{id}/steps/{step}',
      'POST /v1/items',
      'POST /v1/prune',
      'POST /v1/reviews/{id}',
      'POST /v1/runs/{id}/cancel',
      'POST /v1/runs/{id}/fork',
      'POST /v1/runs/{id}/replay',
      'POST /v1/search',
    ])
  })

  it('names each operation once, and gives tags and path parameters the names that they have', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = document.tags.map(({ name }) => name)
    for (const { path, operation } of operations()) {
      expect(tags).toEqual(expect.arrayContaining(operation.tags))
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
      expect(inPath.every(({ required }) => required)).toBe(true)
    }
  })

  it('refers only to what exists, and defines nothing that is not used', () => {
    const referred = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference))
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect([...referred].sort()).toEqual(known.sort())
  })

  it('holds schemas that are JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    for (const [name, schema] of Object.entries(document.components.schemas))
      expect(ajv.validateSchema(schema), name).toBe(true)
    const { Understanding, ItemInput } = document.components.schemas
    expect(Understanding?.required).toContain('provenance')
    expect(ItemInput?.required).toEqual(['kind'])
  })

  it('names a scope for everything but probes, and distinguishes reading from writing', () => {
    const scopes = Object.fromEntries(
      operations().map(({ method, path, operation }) => [`${method} ${path}`, operation['x-linernotes-scope']]),
    )
    expect(scopes).toMatchObject({
      'post /v1/items': 'write',
      'get /v1/items': 'read',
      'get /v1/runs/{id}/steps': 'trace',
      'get /v1/runs/{id}/exchanges/{exchange}': 'trace',
      'get /v1/runs/{id}/recording': 'trace',
      'post /v1/runs/{id}/cancel': 'operate',
      'post /v1/reviews/{id}': 'review',
      'get /health/live': 'none',
    })
    expect(Object.keys(scopes).filter((name) => scopes[name] === 'none')).toHaveLength(2)
  })

  it('describes every error as a problem', () => {
    for (const { operation } of operations())
      for (const [status, { content }] of Object.entries(operation.responses))
        if (status === 'default' || (Number(status) >= 400 && status !== '503'))
          expect(Object.keys(content ?? {})).toEqual(['application/problem+json'])
  })
})
