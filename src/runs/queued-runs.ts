import type { RunRecord } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'

/** Runs that wait for an owner, oldest first. */
export async function queuedRuns({ runs }: Pick<Repositories, 'runs'>): Promise<RunRecord[]> {
  const found: RunRecord[] = []
  let cursor: string | undefined
  do {
    const page = await runs.list({ status: 'queued' }, { limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.entries)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found.reverse()
}
