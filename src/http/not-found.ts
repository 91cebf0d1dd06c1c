import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, NotFoundHandler } from 'hono'
import { answerProblem } from './pages/failure.tsx'
import { Problem } from './problem.ts'

/**
 * 405 with `Allow` where the path is known under other methods, else 404. A page that is asked for with a slash at its end is
 * answered with its own address.
 */
export function notFound(app: OpenAPIHono): NotFoundHandler {
  return (c) => {
    const { method, path } = c.req
    const allowed = methodsAt(app, path)
    if (allowed.length > 0)
      return answerProblem(
        new Problem('method-not-allowed', `${path} takes ${allowed.join(', ')}, not ${method}`, {
          headers: { allow: allowed.join(', ') },
        }),
        c,
      )
    const bare = path.replace(/\/+$/, '')
    const known = bare !== path && methodsAt(app, bare).length > 0
    if (known && isPage(bare) && (method === 'GET' || method === 'HEAD')) return withoutSlash(c)
    const next = known ? 'the address ends without a slash' : '/openapi.json lists all addresses'
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
