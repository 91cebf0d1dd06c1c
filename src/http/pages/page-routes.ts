import type { OpenAPIHono } from '@hono/zod-openapi'
import type { HttpDeps } from '../http-deps.ts'
import { diffPages } from './diff/routes.tsx'
import { forkPages } from './fork/routes.ts'
import { homePages } from './home/routes.tsx'
import { itemPages } from './item/routes.tsx'
import { itemsPages } from './items/routes.tsx'
import { assetRoutes } from './parts/page-assets.ts'
import { replayPages } from './replay/routes.tsx'
import { reviewPages } from './reviews/routes.tsx'
import { runPages } from './run/routes.tsx'
import { settingsPages } from './settings/routes.tsx'
import { whyPages } from './why/routes.tsx'

/** All pages, with the assets that they load. */
export function pageRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  assetRoutes(app)
  homePages(app, deps)
  itemsPages(app, deps)
  reviewPages(app, deps)
  settingsPages(app, deps)
  itemPages(app, deps)
  whyPages(app, deps)
  diffPages(app, deps)
  runPages(app, deps)
  replayPages(app, deps)
  forkPages(app, deps)
}
