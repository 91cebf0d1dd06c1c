import type { Database } from '../engine/connection.ts'
import { traceRepository } from '../ledger/recorded-trace.ts'
import type { RepositoriesByTenant } from '../repositories.ts'
import { decisionRepository } from './decision-repository.ts'
import { eraseItem } from './erase-rows.ts'
import { facetRepository } from './facet-repository.ts'
import { idempotencyRepository } from './idempotency-keys.ts'
import { itemRepository } from './item-repository.ts'
import { outboxFailureRepository, outboxRepository } from './outbox-repository.ts'
import { prune } from './prune-rows.ts'
import { publish } from './publish-version.ts'
import { reviewRepository } from './review-repository.ts'
import { runRepository } from './run-statements.ts'
import { textRepository, versionTextRepository } from './text-repository.ts'
import { understandingRepository } from './understanding-repository.ts'

/**
 * The repositories of a database, bound to the tenant for which they are asked.
 * @param tablesOfAdapters the tables of adapters. Their rows (`tenant`, `item_id`) are deleted when an item is erased.
 */
export function createRepositories(
  { kysely: db }: Pick<Database, 'kysely'>,
  tablesOfAdapters: readonly string[] = [],
): RepositoriesByTenant {
  return {
    for: (tenant) => ({
      items: itemRepository(db, tenant),
      texts: textRepository(db, tenant),
      versionTexts: versionTextRepository(db, tenant),
      understandings: understandingRepository(db, tenant),
      facets: facetRepository(db, tenant),
      decisions: decisionRepository(db, tenant),
      reviews: reviewRepository(db, tenant),
      runs: runRepository(db, tenant),
      trace: traceRepository(db, tenant),
      outbox: outboxRepository(db, tenant),
      outboxFailures: outboxFailureRepository(db, tenant),
      idempotencyKeys: idempotencyRepository(db, tenant),
      publish: (owner, publication, after) => publish(db, tenant, owner, publication, after),
      prune: (limits) => prune(db, tenant, limits),
      erase: (itemId, at) => eraseItem(db, tenant, itemId, at, tablesOfAdapters),
    }),
  }
}
