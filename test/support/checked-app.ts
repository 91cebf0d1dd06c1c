import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { z } from 'zod'

interface Answering {
  request(path: string, init?: RequestInit): Response | Promise<Response>
}

const Document = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        responses: z.record(
          z.string(),
          z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.looseObject({}) })).optional() }),
        ),
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
})
type Document = z.output<typeof Document>

export interface CheckedApp {
  /** Asks the app and fails unless the answer is one that the app's own OpenAPI document describes. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** Sends JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
}

/** An app whose every answer is held against its `/openapi.json`: status, media type, schema. */
export async function checkedApp(app: Answering): Promise<CheckedApp> {
  const document = Document.parse(await (await app.request('/openapi.json')).json())
  const validators = compileAll(document)
  const request = async (path: string, init: RequestInit = {}) => {
    const response = await app.request(path, init)
    const complaint = await complain(document, validators, { path, method: init.method ?? 'GET', response })
    if (complaint !== null) throw new Error(`${init.method ?? 'GET'} ${path}: ${complaint}`)
    return response
  }
  return {
    request,
    post: (path, body, headers = {}) =>
      request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  }
}

function compileAll(document: Document): (schema: object) => ValidateFunction {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
    allErrors: true,
  })
  addFormats.default(ajv)
  ajv.addVocabulary(['paths', 'components', 'openapi', 'info', 'servers', 'tags'])
  const text = JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', 'openapi#/$defs/')
  ajv.addSchema({ $id: 'openapi', $defs: JSON.parse(text) })
  return (schema) =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', 'openapi#/$defs/')))
}

async function complain(
  document: Document,
  compile: (schema: object) => ValidateFunction,
  { path, method, response }: { path: string; method: string; response: Response },
): Promise<string | null> {
  const [bare = ''] = path.split('?')
  const template = Object.keys(document.paths).find((pattern) => fits(pattern, bare))
  const operation = document.paths[template ?? '']?.[method.toLowerCase()]
  const described = operation?.responses[String(response.status)] ?? operation?.responses.default
  if (described === undefined) return null
  if (described.content === undefined) return (await response.clone().text()) === '' ? null : 'has a body'
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
  const media = described.content[type]
  if (media === undefined) return `answers ${response.status} as ${type}, which is not described`
  if (!type.includes('json')) return null
  const validate = compile(media.schema)
  if (validate(await response.clone().json())) return null
  return `${response.status} does not fit its schema: ${JSON.stringify(validate.errors)}`
}

function fits(pattern: string, path: string): boolean {
  const given = path.split('/')
  const parts = pattern.split('/')
  return parts.length === given.length && parts.every((part, at) => part.startsWith('{') || part === given[at])
}
