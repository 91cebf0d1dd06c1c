import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, NotFoundHandler } from 'hono'
import { answerProblem } from '../pages/parts/failure-page.tsx'
import { Problem } from './problem.ts'

/**
 * Answers requests that no route takes. If the path exists with other methods, OPTIONS gets 204 and other methods get 405, both with
 * `Allow` (RFC 9110, 9.3.7 and 15.5.6). Otherwise the answer is 404. A browser that asks for a page with a slash at its end is redirected
 * to the page's own address.
 */
export function notFound(app: OpenAPIHono): NotFoundHandler {
  return (c) => {
    const { method, path } = c.req
    const known = methodsAt(app, path)
    if (known.length > 0) {
      const allow = [...known, 'OPTIONS'].join(', ')
      if (method === 'OPTIONS') return c.body(null, 204, { allow })
      const detail = `${path} takes ${known.join(', ')}, not ${method}`
      return answerProblem(new Problem('method-not-allowed', detail, { headers: { allow } }), c)
    }
    const bare = path.replace(/\/+$/, '')
    const isKnown = bare !== path && methodsAt(app, bare).length > 0
    if (isKnown && isPage(bare) && (method === 'GET' || method === 'HEAD')) return withoutSlash(c)
    const next = isKnown ? 'the address ends without a slash' : '/openapi.json lists all addresses'
    return answerProblem(new Problem('not-found', `there is no ${path}`, { next }), c)
  }
}

function methodsAt(app: OpenAPIHono, path: string): string[] {
  const known = app.routes
    .filter((route) => route.method !== 'ALL' && fitsRoute(route.path, path))
    .map((route) => route.method)
  return [...new Set(known.flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name])))]
}

/** A parameter is never empty: `/items/` does not mean an item without an id. */
function fitsRoute(pattern: string, path: string): boolean {
  const parts = pattern.split('/')
  const given = path.split('/')
  return (
    parts.length === given.length &&
    parts.every((part, at) => (part.startsWith(':') ? given[at] !== '' : part === given[at]))
  )
}

/** Programs are told that the address is wrong, not redirected: they would keep using it. */
const isPage = (path: string): boolean => !path.startsWith('/v1/')

/** The path fits a route, and all routes begin with a name. So a redirect never leads to another host (`//…`). */
function withoutSlash(c: Context): Response {
  const { pathname, search } = new URL(c.req.url)
  return c.redirect(`${pathname.replace(/\/+$/, '')}${search}`, 308)
}
