import type { OpenAPIHono } from '@hono/zod-openapi'
import type { HttpDeps } from '../deps.ts'
import { assetRoutes } from './assets.ts'
import { runPages } from './run/run-routes.tsx'

/** All pages, with what they load. */
export function pageRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  assetRoutes(app)
  runPages(app, deps)
}
