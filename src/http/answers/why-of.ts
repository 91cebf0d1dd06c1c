import type { Understanding } from '../../content/understanding-schema.ts'
import type { Repositories } from '../../database/repositories.ts'
import type { RecordedRun } from '../../ledger/recorded-run.ts'
import { explainLabel, runsBehind } from '../../trace/why/explain-label.ts'
import type { Why } from '../../trace/why/why-answer.ts'
import { Problem } from './problem.ts'

/**
 * Why a label stands in a document, from all that is stored about it.
 *
 * @throws {Problem} 400 where the pointer is none, 404 where the document has no such label.
 */
export async function whyOf(
  document: Understanding,
  pointer: string,
  { trace, decisions, runs }: Pick<Repositories, 'trace' | 'decisions' | 'runs'>,
): Promise<Why> {
  const [behind, decided, item] = await Promise.all([
    recordedBehind(document, pointer.split('/')[1] ?? '', trace),
    decisions.forItem(document.item.id),
    runs.item(document.provenance.runId),
  ])
  const found = explainLabel(pointer, { document, runs: behind, decisions: decided, item })
  switch (found.kind) {
    case 'why':
      return found.why
    case 'malformed':
      throw new Problem('bad-request', found.message, { errors: [{ parameter: 'pointer', message: found.message }] })
    case 'unknown':
      throw new Problem('not-found', found.message)
  }
}

/** What the runs behind a facet recorded; one that is gone, or has nothing left, is not there. */
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
