import type { OpenAPIHono } from '@hono/zod-openapi'
import type { NotFoundHandler } from 'hono'
import { answerProblem } from './pages/failure.tsx'
import { Problem } from './problem.ts'

/** 405 with `Allow` where the path is known under other methods, else 404. */
export function notFound(app: OpenAPIHono): NotFoundHandler {
  return (c) => {
    const { method, path } = c.req
    const known = app.routes
      .filter((route) => route.method !== 'ALL' && fits(route.path, path))
      .map((route) => route.method)
    const allowed = [...new Set(known.flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name])))]
    const problem =
      allowed.length === 0
        ? new Problem('not-found', `there is no ${path}`, { next: '/openapi.json lists all addresses' })
        : new Problem('method-not-allowed', `${path} takes ${allowed.join(', ')}, not ${method}`, {
            headers: { allow: allowed.join(', ') },
          })
    return answerProblem(problem, c)
  }
}

function fits(pattern: string, path: string): boolean {
  const parts = pattern.split('/')
  const given = path.split('/')
  return parts.length === given.length && parts.every((part, at) => part.startsWith(':') || part === given[at])
}
