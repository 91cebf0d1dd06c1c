import type { OpenAPIHono } from '@hono/zod-openapi'
import type { HttpDeps } from '../deps.ts'
import { assetRoutes } from './assets.ts'
import { diffPages } from './diff/diff-routes.tsx'
import { forkPages } from './fork/fork-routes.ts'
import { homePages } from './home/home-routes.tsx'
import { itemPages } from './item/item-routes.tsx'
import { itemsPages } from './items/items-routes.tsx'
import { replayPages } from './replay/replay-routes.tsx'
import { reviewPages } from './reviews/reviews-routes.tsx'
import { runPages } from './run/run-routes.tsx'
import { settingsPages } from './settings/settings-routes.tsx'
import { whyPages } from './why/why-routes.tsx'

/** All pages, with what they load. */
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
