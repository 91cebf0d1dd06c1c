import type { MiddlewareHandler } from 'hono'
import type { Log } from '../../compose.ts'

/** One line a request: method, path, status, milliseconds. Never query values or bodies; probes at level debug. */
export function accessLog(log: Log): MiddlewareHandler {
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
