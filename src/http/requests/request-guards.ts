import type { MiddlewareHandler } from 'hono'
import { Problem } from '../answers/problem.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Whether an address to listen on is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * On loopback nobody needs a key, so a web page must not get in by a name of its own that resolves to 127.0.0.1 (DNS rebinding):
 * only loopback's own names are answered for. Bound elsewhere, any name is.
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

/** No page of another site may make this server act: browsers name the origin of such requests. */
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

/** Nothing that is served runs scripts, is framed, or is sniffed for another type; pages widen this for themselves. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers } = c.res
  if (!headers.has('content-security-policy'))
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  headers.set('x-content-type-options', 'nosniff')
  if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'no-referrer')
  headers.set('cross-origin-resource-policy', 'same-origin')
}
