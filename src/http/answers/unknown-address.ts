import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, NotFoundHandler } from 'hono'
import { answerProblem } from '../pages/parts/failure-page.tsx'
import { Problem } from './problem.ts'

/**
 * Where the path is known under other methods: 204 to OPTIONS, else 405, both with `Allow` (RFC 9110, 9.3.7 and 15.5.6). Else 404. A
 * page that is asked for with a slash at its end is answered with its own address.
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
    .filter((route) => route.method !== 'ALL' && fits(route.path, path))
    .map((route) => route.method)
  return [...new Set(known.flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name])))]
}

/** A parameter is never empty: `/items/` is not an item without an id. */
function fits(pattern: string, path: string): boolean {
  const parts = pattern.split('/')
  const given = path.split('/')
  return (
    parts.length === given.length &&
    parts.every((part, at) => (part.startsWith(':') ? given[at] !== '' : part === given[at]))
  )
}

/** Programs are told of a wrong address and not sent on: they would keep it. */
const isPage = (path: string): boolean => !path.startsWith('/v1/')

/** The path fits a route, all of which begin with a name: what is redirected to never is another host (`//…`). */
function withoutSlash(c: Context): Response {
  const { pathname, search } = new URL(c.req.url)
  return c.redirect(`${pathname.replace(/\/+$/, '')}${search}`, 308)
}
