import { compareJson, type Difference } from '../ledger/compare-json.ts'

/** Differs between any two executions. When something happened and at which price does not count for being identical. */
const VOLATILE = new Set(['ms', 'costUsd', 'version', 'seq'])
export const isVolatile = (field: string): boolean => VOLATILE.has(field)

/** Says what something was made with, so it differs whenever that does. */
const PROVENANCE = new Set(['fingerprint', 'prompt', 'model', 'promptTokens', 'graph', 'engine'])

export interface Compared {
  /** What was found or decided differs. */
  telling: Difference[]
  /** What it was made with differs. Alone this is a difference. Beside others, it only follows from them. */
  provenance: Difference[]
}

/** Compares state updates or documents of two executions. */
export function compareOutcome(was: unknown, is: unknown): Compared {
  const telling: Difference[] = []
  const provenance: Difference[] = []
  for (const difference of compareJson(was, is, VOLATILE))
    (isProvenance(difference) ? provenance : telling).push(difference)
  return { telling, provenance }
}

function isProvenance({ pointer, was, is }: Difference): boolean {
  const last = pointer.slice(pointer.lastIndexOf('/') + 1)
  return PROVENANCE.has(last) && was !== undefined && is !== undefined
}

/** The facets whose fingerprints differ between two plans. */
export function staleFacets(differences: readonly Difference[]): string[] {
  return differences.flatMap(({ pointer }) => /^\/planned\/facets\/([^/]+)\/fingerprint$/.exec(pointer)?.[1] ?? [])
}
