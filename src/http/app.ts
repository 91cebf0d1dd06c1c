import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Log } from '../service.ts'
import { problemOf } from './answers/error-handler.ts'
import { notFound } from './answers/unknown-address.ts'
import type { HttpDeps } from './http-deps.ts'
import { pageRoutes } from './pages/page-routes.ts'
import { answerProblem } from './pages/parts/failure-page.tsx'
import { requestBody } from './requests/request-body.ts'
import { checkHost, refuseCrossSiteWrites, securityHeaders } from './requests/request-guards.ts'
import { refuseInvalid } from './requests/validation.ts'
import { changeRoutes } from './routes/changes-routes.ts'
import { diffRoute } from './routes/diff-routes.ts'
import { docsRoutes } from './routes/docs-routes.ts'
import { eraseRoute } from './routes/erase-routes.ts'
import { eventRoutes } from './routes/events-routes.ts'
import { forkRoute } from './routes/fork-routes.ts'
import { healthRoutes } from './routes/health-routes.ts'
import { itemRoutes } from './routes/items-routes.ts'
import { pruneRoute } from './routes/prune-routes.ts'
import { recordingRoute } from './routes/recording-routes.ts'
import { replayRoute } from './routes/replay-routes.ts'
import { reviewRoutes } from './routes/reviews-routes.ts'
import { runRoutes } from './routes/runs-routes.ts'
import { searchRoutes } from './routes/search-routes.ts'
import { similarRoutes } from './routes/similar-routes.ts'
import { submitRoute } from './routes/submit-routes.ts'
import { textRoutes } from './routes/texts-routes.ts'
import { traceRoutes } from './routes/trace-routes.ts'
import { understandingRoutes } from './routes/understandings-routes.ts'
import { whyRoute } from './routes/why-routes.ts'

/** The HTTP face of a service, without a server: `app.fetch` answers requests, `serve` listens. */
export function createApp(deps: HttpDeps): OpenAPIHono {
  const { config } = deps.service
  const app: OpenAPIHono = new OpenAPIHono({ defaultHook: refuseInvalid(() => app.openAPIRegistry) })
  app.use(accessLog(deps.log), answerHead, securityHeaders)
  app.use(checkHost(config.LINERNOTES_HOST), refuseCrossSiteWrites)
  app.use(requestBody({ maxBytes: config.LINERNOTES_MAX_BODY_BYTES }))
  submitRoute(app, deps)
  itemRoutes(app, deps)
  eraseRoute(app, deps)
  understandingRoutes(app, deps)
  textRoutes(app, deps)
  whyRoute(app, deps)
  similarRoutes(app, deps)
  changeRoutes(app, deps)
  searchRoutes(app, deps)
  runRoutes(app, deps)
  traceRoutes(app, deps)
  diffRoute(app, deps)
  eventRoutes(app, deps)
  recordingRoute(app, deps)
  replayRoute(app, deps)
  forkRoute(app, deps)
  pruneRoute(app, deps)
  reviewRoutes(app, deps)
  healthRoutes(app, deps)
  docsRoutes(app, deps)
  pageRoutes(app, deps)
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
    return answerProblem(problem, c)
  })
  return app
}

/**
 * Logs one line for each request: method, path, status, milliseconds. It never logs query values or bodies. Probes are logged at level
 * debug.
 */
function accessLog(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const started = performance.now()
    await next()
    const { method, path } = c.req
    const level = c.res.status >= 500 ? 'error' : path.startsWith('/health/') ? 'debug' : 'info'
    const run = c.res.headers.get('linernotes-run')
    log(level, 'request', {
      method,
      path,
      status: c.res.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
      ...(run === null ? {} : { run }),
    })
  }
}

/**
 * Answers HEAD as GET, without the body (RFC 9110, 9.3.2): same status, same headers, and the length that the body would have. A chunked
 * answer has no length and may never end, so it is cancelled as soon as its headers are known.
 */
const answerHead: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.method !== 'HEAD') return
  // Read the headers first: the server's kind of response drops headers that were set on it when its body is read.
  const headers = new Headers(c.res.headers)
  const { status, body } = c.res
  if (headers.get('transfer-encoding') === 'chunked') await body?.cancel()
  else if (body !== null) headers.set('content-length', String((await c.res.arrayBuffer()).byteLength))
  // Without this, the replaced response would add its headers to the new one.
  c.res = undefined
  c.res = new Response(null, { status, headers })
}
