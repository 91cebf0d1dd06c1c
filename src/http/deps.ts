import type { Log, Service } from '../compose.ts'
import type { IdempotencyKeys } from './idempotency.ts'

/** What every route is given. */
export interface HttpDeps {
  service: Service
  log: Log
  /** The product's version, as `/health/live` and the OpenAPI document say it. */
  version: string
  /** Without it, keys are remembered as long as the process lives. */
  idempotencyKeys?: IdempotencyKeys
}
