import type { MiddlewareHandler } from 'hono'

/**
 * HEAD is answered as GET is, without the body (RFC 9110, 9.3.2): same status, same headers, and the length that the body would have.
 * What is sent in chunks has no length, and may never end: it is given up as soon as its headers are known.
 */
export const answerHead: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.method !== 'HEAD') return
  // The headers first: the server's kind of answer forgets those that were set on it when it is asked for its body.
  const headers = new Headers(c.res.headers)
  const { status, body } = c.res
  if (headers.get('transfer-encoding') === 'chunked') await body?.cancel()
  else if (body !== null) headers.set('content-length', String((await c.res.arrayBuffer()).byteLength))
  // What an answer replaces would give it its headers once more.
  c.res = undefined
  c.res = new Response(null, { status, headers })
}
