import type { MiddlewareHandler } from 'hono'
import { Problem } from '../answers/problem.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Whether a listening address can be reached only from this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * On loopback nobody needs a key. So a web page must not get in through a name of its own that resolves to 127.0.0.1 (DNS rebinding): only
 * loopback's own names are answered. If the server listens elsewhere, any name is.
 */
export function checkHost(boundTo: string): MiddlewareHandler {
  const checked = isLoopback(boundTo)
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    if (checked && !isLoopback(host.toLowerCase().replace(/:\d*$/, '')))
      throw new Problem(
        'unknown-host',
        `ask for this server as localhost or ${boundTo}, not as "${host.slice(0, 100)}"`,
      )
    await next()
  }
}

/** No page of another site may make this server act. Browsers send the origin of such requests. */
export const refuseCrossSiteWrites: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin')
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!reads && origin !== undefined && hostOf(origin) !== (c.req.header('host') ?? new URL(c.req.url).host))
    throw new Problem('cross-site', 'a page of another site sent this request; call from your own server instead')
  await next()
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

/** Nothing that is served may run scripts, be framed, or be sniffed for another type. Pages widen this for themselves. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers } = c.res
  if (!headers.has('content-security-policy'))
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  headers.set('x-content-type-options', 'nosniff')
  if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'no-referrer')
  headers.set('cross-origin-resource-policy', 'same-origin')
}
