import { OpenAPIHono } from '@hono/zod-openapi'
import { accessLog } from './access-log.ts'
import type { HttpDeps } from './deps.ts'
import { problemOf } from './errors.ts'
import { checkHost, refuseCrossSiteWrites, securityHeaders } from './guards.ts'
import { notFound } from './not-found.ts'
import { requestBody } from './request-body.ts'
import { itemRoutes } from './routes/items.ts'
import { submitRoute } from './routes/submit.ts'
import { understandingRoutes } from './routes/understandings.ts'
import { refuseInvalid } from './validation.ts'

/** The HTTP face of a service, without a server: `app.fetch` answers requests, `serve` listens. */
export function createApp(deps: HttpDeps): OpenAPIHono {
  const { config } = deps.service
  const app = new OpenAPIHono({ defaultHook: refuseInvalid })
  app.use(accessLog(deps.log), securityHeaders, checkHost(config.LINERNOTES_HOST), refuseCrossSiteWrites)
  app.use(requestBody({ maxBytes: config.LINERNOTES_MAX_BODY_BYTES }))
  submitRoute(app, deps)
  itemRoutes(app, deps)
  understandingRoutes(app, deps)
  app.notFound(notFound(app))
  app.onError((error, c) => {
    const problem = problemOf(error)
    if (problem.status >= 500)
      deps.log('error', 'a request failed', {
        method: c.req.method,
        path: c.req.path,
        problem: problem.kind,
        error: String(error),
        stack: error.stack,
      })
    return problem.toResponse()
  })
  return app
}
