import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../answers/problem.ts'

/**
 * Forms act without a key, so they are accepted only from this server's own pages. A request with another `Origin` was refused before. A
 * request that names neither origin nor site does not come from a current browser.
 */
export const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const named = c.req.header('origin') !== undefined || c.req.header('sec-fetch-site') === 'same-origin'
  if (!named)
    throw new Problem('cross-site', 'this form does not say which page sent it; programs use POST below /v1 instead')
  await next()
}
