import type { Service } from '../service.ts'
import { reason } from './check.ts'
import { LISTED_CHANGES, setAsideText } from './set-aside.ts'

export interface ProbedIndex {
  similarity: Pick<Service['similarity'], 'engine' | 'setAside' | 'trouble'>
}

/**
 * Whether the similarity index answers, and if so, which changes it lacks. `behind`: it has not caught up since a failure, and is tried
 * again by itself. `refuses`: it does not take some of them. Neither hinders a run, which then has fewer neighbours.
 */
export type IndexState =
  | { status: 'ok'; version: string | null; warnings: string | null }
  | { status: 'behind' | 'refuses'; version: string | null; detail: string }
  | { status: 'away'; detail: string }

/** Asks the similarity index how it is. It never rejects: whatever goes wrong means that the index is away. */
export async function probeSimilarity({ similarity: { engine, setAside, trouble } }: ProbedIndex): Promise<IndexState> {
  try {
    const { version, warnings } = await engine.ping()
    const lacks = setAsideText(await setAside(LISTED_CHANGES))
    const last = trouble()
    if (last !== null)
      return {
        status: 'behind',
        version,
        detail: `it has not caught up yet, and is tried again by itself; the last try: ${last}`,
      }
    if (lacks !== null) return { status: 'refuses', version, detail: lacks }
    return { status: 'ok', version, warnings: warnings.length === 0 ? null : warnings.join('; ') }
  } catch (error) {
    return { status: 'away', detail: reason(error) }
  }
}
