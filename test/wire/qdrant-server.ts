import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  type Answer,
  type Collection,
  createCollection,
  describeCollection,
  filteredKeys,
  isObject,
  parseFilter,
  parsePoints,
  QdrantError,
  search,
} from './qdrant-store.ts'

export interface WireRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: unknown
  answer?: Answer
}
/** An answer in place of the right one; `hang` never answers, `drop` closes the connection, `cut` stops inside the body. */
export type Fault = Answer | 'hang' | 'drop' | 'cut'

export interface QdrantServer {
  url: string
  requests: WireRequest[]
  collections: Map<string, Collection>
  /** Filtered keys that had no payload index when they were used (`collection.key`): slow on a real server. */
  unindexed: Set<string>
  /** Asked before each request is served; a promise holds the request back. */
  fault: (request: WireRequest) => Fault | undefined | Promise<Fault | undefined>
  close(): Promise<void>
}

const RESPONSE_TIME = 0.000123

/**
 * The part of Qdrant 1.18.3 that the product uses, on a loopback port, points in memory: statuses, bodies and error texts as observed on
 * a real server, also where they are unkind: an empty delete filter deletes everything, and writes without `wait=true` are only
 * acknowledged, and not seen by the next read.
 */
export async function startQdrantServer(options: { apiKey?: string; version?: string } = {}): Promise<QdrantServer> {
  const collections = new Map<string, Collection>()
  const unindexed = new Set<string>()
  let operation = 0

  function existing(name: string): Collection {
    const collection = collections.get(name)
    if (collection === undefined) throw new QdrantError(404, `Not found: Collection \`${name}\` doesn't exist!`)
    return collection
  }

  function write(request: WireRequest, collection: Collection, apply: () => void) {
    operation += 1
    const waited = request.query.get('wait') === 'true'
    if (waited) apply()
    else collection.queued.push(apply)
    return { operation_id: operation, status: waited ? 'completed' : 'acknowledged' }
  }

  function read<T>(collection: Collection, answer: () => T): T {
    const result = answer()
    for (const apply of collection.queued.splice(0)) apply()
    return result
  }

  function noteUnindexed(name: string, collection: Collection, filter: unknown) {
    for (const key of filteredKeys(filter)) if (!collection.indexes.has(key)) unindexed.add(`${name}.${key}`)
  }

  function onCollection(request: WireRequest, name: string, rest: string): unknown {
    const { method, body } = request
    switch (`${method} ${rest}`) {
      case 'PUT ': {
        if (collections.has(name)) throw new QdrantError(409, `Wrong input: Collection \`${name}\` already exists!`)
        collections.set(name, createCollection(body))
        return true
      }
      case 'GET ':
        return describeCollection(existing(name))
      case 'DELETE ':
        return collections.delete(name)
      case 'PUT /index': {
        const collection = existing(name)
        const { field_name: field, field_schema: schema } = isObject(body) ? body : {}
        if (typeof field !== 'string' || !isObject(schema))
          throw new QdrantError(400, 'Format error in JSON body: missing field `field_name`')
        return write(request, collection, () => collection.indexes.set(field, schema))
      }
      case 'PUT /points': {
        const collection = existing(name)
        const points = parsePoints(collection, body)
        return write(request, collection, () => {
          for (const point of points) collection.points.set(point.id, { ...point, version: operation })
        })
      }
      case 'POST /points/delete': {
        const collection = existing(name)
        const filter = isObject(body) ? body.filter : undefined
        if (!isObject(filter))
          throw new QdrantError(
            400,
            'Format error in JSON body: data did not match any variant of untagged enum PointsSelector',
          )
        noteUnindexed(name, collection, filter)
        const matches = parseFilter(filter)
        return write(request, collection, () => {
          for (const point of collection.points.values()) if (matches(point)) collection.points.delete(point.id)
        })
      }
      case 'POST /points/query/batch': {
        const collection = existing(name)
        const searches = isObject(body) ? body.searches : undefined
        if (!Array.isArray(searches)) throw new QdrantError(400, 'Format error in JSON body: missing field `searches`')
        for (const asked of searches) noteUnindexed(name, collection, isObject(asked) ? asked.filter : undefined)
        return read(collection, () => searches.map((asked) => ({ points: search(collection, asked) })))
      }
      default:
        return undefined
    }
  }

  function serve(request: WireRequest): Answer {
    const { method, path, headers } = request
    if (method === 'GET' && path === '/')
      return json({ title: 'qdrant - vector search engine', version: options.version ?? '1.18.3', commit: 'db8fa43' })
    const key = headers['api-key']
    if (options.apiKey !== undefined && key === undefined)
      return { status: 401, body: 'Must provide an API key or an Authorization bearer token' }
    if (options.apiKey !== undefined && key !== options.apiKey) return { status: 401, body: 'Invalid API key or JWT' }
    try {
      if (method === 'GET' && path === '/collections')
        return ok({ collections: [...collections.keys()].map((name) => ({ name })) })
      const [, name, rest] = /^\/collections\/([^/]+)(.*)$/.exec(path) ?? []
      const result = name === undefined ? undefined : onCollection(request, decodeURIComponent(name), rest ?? '')
      return result === undefined ? { status: 404 } : ok(result)
    } catch (error) {
      if (!(error instanceof QdrantError)) throw error
      return json({ status: { error: error.message }, time: RESPONSE_TIME }, error.status)
    }
  }

  const requests: WireRequest[] = []
  const http = createServer((message, response) => {
    void receive(message).then(async (request) => {
      requests.push(request)
      const fault = await server.fault(request)
      if (fault === 'hang') return
      if (fault === 'drop') {
        message.socket.destroy()
        return
      }
      const answer = fault === undefined || fault === 'cut' ? serve(request) : fault
      request.answer = answer
      send(response, answer, fault === 'cut')
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('the fake has no port')
  const server: QdrantServer = {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    collections,
    unindexed,
    fault: () => undefined,
    close() {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()))
      http.closeAllConnections()
      return closed
    },
  }
  return server
}

const json = (body: unknown, status = 200): Answer => ({
  status,
  body,
  headers: { 'content-type': 'application/json' },
})
const ok = (result: unknown) => json({ result, status: 'ok', time: RESPONSE_TIME })

async function receive(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const url = new URL(message.url ?? '/', 'http://127.0.0.1')
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  return { method: message.method ?? '', path: url.pathname, query: url.searchParams, headers: message.headers, body }
}

function send(response: ServerResponse, { status, body, headers }: Answer, cut: boolean) {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, headers ?? { 'content-type': 'text/plain; charset=utf-8' })
  response.end(cut ? text.slice(0, text.length / 2) : text)
}
