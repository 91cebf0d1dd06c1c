import type { Log, Service } from '../service.ts'

/** What every route gets. */
export interface HttpDeps {
  service: Service
  log: Log
  /** The product's version, for `/health/live` and the OpenAPI document. */
  version: string
}
