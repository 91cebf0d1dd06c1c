import type { Understanding } from '../../content/understanding-schema.ts'
import type { Repositories } from '../../database/repositories.ts'
import type { RecordedRun } from '../../ledger/recorded-run.ts'
import { explainLabel, runsBehind } from './explain-label.ts'
import type { Why } from './why-answer.ts'

/** A label of a published document of an item. */
export interface AskedLabel {
  itemId: string
  /** JSON pointer into the document. */
  pointer: string
  /** An earlier version. Without it, the current one. */
  version?: number | undefined
}

/** Why it is there, or what is wrong with the question: the pointer is malformed, it leads to no label, or there is no such document. */
export type Explanation =
  | { kind: 'why'; why: Why }
  | { kind: 'malformed' | 'unknown'; message: string }
  | { kind: 'no-document' }

type Sources = Pick<Repositories, 'understandings' | 'trace' | 'decisions' | 'runs'>

/** Why a published label is there, from all that is stored about it. */
export async function explainPublished(
  { itemId, pointer, version }: AskedLabel,
  { understandings, trace, decisions, runs }: Sources,
): Promise<Explanation> {
  const document = await (version === undefined
    ? understandings.current(itemId)
    : understandings.version(itemId, version))
  if (document === null) return { kind: 'no-document' }
  const [behind, decided, item] = await Promise.all([
    recordedBehind(document, pointer.split('/')[1] ?? '', trace),
    decisions.forItem(itemId),
    runs.item(document.provenance.runId),
  ])
  return explainLabel(pointer, { document, runs: behind, decisions: decided, item })
}

/** What the runs behind a facet recorded. A run that is gone or has nothing left is left out. */
async function recordedBehind(
  document: Understanding,
  facet: string,
  trace: Repositories['trace'],
): Promise<Map<string, RecordedRun>> {
  const loaded = await Promise.all(
    runsBehind(document, facet).map(async (id): Promise<[string, RecordedRun]> => [id, await trace.load(id)]),
  )
  return new Map(loaded.filter(([, { steps }]) => steps.length > 0))
}
