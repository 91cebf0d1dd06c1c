import type { Database } from './connection.ts'
import { decisionRepository } from './decisions.ts'
import { eraseItem } from './erase.ts'
import { facetRepository } from './facets.ts'
import { idempotencyRepository } from './idempotency-keys.ts'
import { itemRepository } from './items.ts'
import { outboxRepository } from './outbox.ts'
import { outboxFailureRepository } from './outbox-failures.ts'
import { prune } from './prune.ts'
import { publish } from './publish.ts'
import type { RepositoriesByTenant } from './repositories.ts'
import { reviewRepository } from './reviews.ts'
import { runRepository } from './runs.ts'
import { textRepository } from './texts.ts'
import { traceRepository } from './trace.ts'
import { understandingRepository } from './understandings.ts'

/**
 * The repositories of a database, each bound to the tenant it is asked for.
 * @param tablesOfAdapters tables that adapters bring along, with rows (`tenant`, `item_id`) that go when an item is erased
 */
export function createRepositories(
  { kysely: db }: Pick<Database, 'kysely'>,
  tablesOfAdapters: readonly string[] = [],
): RepositoriesByTenant {
  return {
    for: (tenant) => ({
      items: itemRepository(db, tenant),
      texts: textRepository(db, tenant),
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
