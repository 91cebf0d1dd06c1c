import type { MiddlewareHandler } from 'hono'
import { isDeeperThan, MAX_DEPTH } from '../../content/validation/json-depth.ts'
import { Problem } from '../answers/problem.ts'

const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;|$)/i
const JSON_TYPE = /^application\/(?:[\w.!#$&^-]+\+)?json\s*(?:;|$)/i

/**
 * Reads the body of a request once, within bounds, before any route sees it. `c.req.json()` then parses what was read. An empty body
 * passes, for routes that take none, and loses its media type, so that it is the same as no body. Pages send forms. Everything else is
 * JSON.
 */
export function requestBody({ maxBytes }: { maxBytes: number }): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const tooLarge = new Problem(
      'too-large',
      `the body is larger than ${maxBytes} bytes; give transcripts by URL, or raise LINERNOTES_MAX_BODY_BYTES`,
      // Unread bytes would be taken for the next request.
      { headers: { connection: 'close' } },
    )
    if (Number(c.req.header('content-length') ?? 0) > maxBytes) throw tooLarge
    const bytes = c.req.raw.body === null ? Buffer.alloc(0) : await readBounded(c.req.raw.body, maxBytes)
    if (bytes === null) throw tooLarge
    const type = c.req.header('content-type') ?? ''
    // A form without fields has an empty body, and is read as a form.
    const isForm = FORM_TYPE.test(type) && !c.req.path.startsWith('/v1/')
    if (bytes.byteLength === 0 && !isForm) {
      const headers = new Headers(c.req.raw.headers)
      headers.delete('content-type')
      c.req.raw = new Request(c.req.raw, { headers, body: bytes })
      return next()
    }
    if (!/^(?:identity)?$/i.test(c.req.header('content-encoding') ?? ''))
      throw new Problem('encoded', 'send the body as it is, without the header "Content-Encoding"')
    if (isForm) {
      c.req.raw = new Request(c.req.raw, { body: bytes })
      return next()
    }
    if (!JSON_TYPE.test(type))
      throw new Problem('not-json-type', 'send the body with the header "Content-Type: application/json"')
    const text = decode(bytes)
    if (isDeeperThan(MAX_DEPTH, text))
      throw new Problem('too-deep', `arrays and objects are nested more than ${MAX_DEPTH} deep; flatten the document`)
    c.req.raw = new Request(c.req.raw, { body: bytes })
    return next()
  }
}

/** Null if there is more than `maxBytes`. Then the rest is not read. */
async function readBounded(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('not-json', 'the body is not UTF-8')
  }
}
