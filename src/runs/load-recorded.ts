import { liftedHashes } from '../ledger/canonical.ts'
import type { Recorded } from '../ledger/session.ts'
import type { LedgerStore } from '../ledger/store.ts'

/** What a run has recorded in earlier attempts, with the blobs of all answers. */
export async function loadRecorded(
  store: LedgerStore,
  tenant: string,
  itemId: string,
  runId: string,
): Promise<Recorded> {
  const exchanges = await store.exchanges(tenant, runId)
  const answers = await store.blobs(tenant, itemId, [...new Set(exchanges.map(({ response }) => response))])
  const lifted = [...new Set([...answers.values()].flatMap(liftedHashes))]
  const parts = lifted.length === 0 ? new Map<never, string>() : await store.blobs(tenant, itemId, lifted)
  return { exchanges, blob: (hash) => answers.get(hash) ?? parts.get(hash) }
}

export const nothingRecorded: Recorded = { exchanges: [], blob: () => undefined }
