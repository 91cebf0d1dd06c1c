import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../answers/problem.ts'

/**
 * Forms act without a key, so they are taken from this server's own pages only. A request whose `Origin` is another's has been
 * refused before; what names neither origin nor site comes from no browser of today.
 */
export const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const named = c.req.header('origin') !== undefined || c.req.header('sec-fetch-site') === 'same-origin'
  if (!named)
    throw new Problem('cross-site', 'this form does not say which page sent it; programs use POST below /v1 instead')
  await next()
}
