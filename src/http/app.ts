import { OpenAPIHono } from '@hono/zod-openapi'
import { accessLog } from './access-log.ts'
import type { HttpDeps } from './deps.ts'
import { problemOf } from './errors.ts'
import { checkHost, refuseCrossSiteWrites, securityHeaders } from './guards.ts'
import { notFound } from './not-found.ts'
import { answerProblem } from './pages/failure.tsx'
import { pageRoutes } from './pages/page-routes.ts'
import { requestBody } from './request-body.ts'
import { changeRoutes } from './routes/changes.ts'
import { diffRoute } from './routes/diff.ts'
import { docsRoutes } from './routes/docs.ts'
import { eraseRoute } from './routes/erase.ts'
import { eventRoutes } from './routes/events.ts'
import { forkRoute } from './routes/fork.ts'
import { healthRoutes } from './routes/health.ts'
import { itemRoutes } from './routes/items.ts'
import { pruneRoute } from './routes/prune.ts'
import { recordingRoute } from './routes/recording.ts'
import { replayRoute } from './routes/replay.ts'
import { reviewRoutes } from './routes/reviews.ts'
import { runRoutes } from './routes/runs.ts'
import { searchRoutes } from './routes/search.ts'
import { similarRoutes } from './routes/similar.ts'
import { submitRoute } from './routes/submit.ts'
import { textRoutes } from './routes/texts.ts'
import { traceRoutes } from './routes/trace.ts'
import { understandingRoutes } from './routes/understandings.ts'
import { whyRoute } from './routes/why.ts'
import { refuseInvalid } from './validation.ts'

/** The HTTP face of a service, without a server: `app.fetch` answers requests, `serve` listens. */
export function createApp(deps: HttpDeps): OpenAPIHono {
  const { config } = deps.service
  const app: OpenAPIHono = new OpenAPIHono({ defaultHook: refuseInvalid(() => app.openAPIRegistry) })
  app.use(accessLog(deps.log), securityHeaders, checkHost(config.LINERNOTES_HOST), refuseCrossSiteWrites)
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
