import type { Log, Service } from '../compose.ts'

/** What every route is given. */
export interface HttpDeps {
  service: Service
  log: Log
  /** The product's version, as `/health/live` and the OpenAPI document say it. */
  version: string
}
