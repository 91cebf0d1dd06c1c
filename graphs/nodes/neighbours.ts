import { isFatal } from '../../src/ledger/errors.ts'
import { knowsLanguage } from '../../src/models/embedder.ts'
import { itemVector } from '../../src/signals/item-vector.ts'
import type { Reading } from '../../src/signals/reading.ts'
import type { State } from '../state.ts'
import type { NodeFunction, NodeRun } from '../step.ts'

const NEIGHBOURS = 12
/** Nearer than this is the same recording in another edition. */
const DUPLICATE_AT = 0.985

/**
 * Reads the item into vectors and asks the index for what is near: once a run, the candidate set that tools search later.
 * Without an index, or an embedder for the language, the run goes on and says so.
 */
export const neighbours: NodeFunction = async (state, run) => {
  const reading = await read(state, run)
  run.workspace.reading = reading
  const vector = itemVector(reading)
  const { unavailable, items } = (run.workspace.neighbourhood = await around(reading, vector, run))
  const same = items.find(
    ({ score, textHash }) => score >= DUPLICATE_AT || (textHash !== null && textHash === state.texts.transcript?.hash),
  )
  return { nearby: { unavailable, count: items.length, duplicateOf: same?.itemId ?? null } }
}

async function read(state: State, { item, workspace, analysis, ports, signal }: NodeRun): Promise<Reading> {
  const { segments, transcript } = workspace
  const language = state.segmentation?.language ?? item.language ?? null
  const text = transcript?.text ?? ''
  const title = textOf(state, workspace.texts, 'title')
  const description = textOf(state, workspace.texts, 'description')
  const { embedder } = ports
  const bare: Reading = {
    kind: item.kind,
    language,
    title,
    description,
    text,
    segments,
    vectors: segments.map(() => null),
    titleVector: null,
    descriptionVector: null,
    space: null,
  }
  if (embedder === null || !knowsLanguage(embedder, language)) return bare

  const digests = await analysis.digests(text, segments)
  const wanted = [title, description, ...digests]
  const filled = wanted.flatMap((each, at) => (each.trim() === '' ? [] : [{ each, at }]))
  const vectors: (number[] | null)[] = wanted.map(() => null)
  const made = await embedder.embed(
    filled.map(({ each }) => each),
    { signal },
  )
  filled.forEach(({ at }, n) => {
    vectors[at] = made[n] ?? null
  })
  const [titleVector = null, descriptionVector = null, ...rest] = vectors
  return { ...bare, vectors: rest, titleVector, descriptionVector, space: embedder.space }
}

function textOf(state: State, texts: NodeRun['workspace']['texts'], source: 'title' | 'description'): string {
  const handle = state.texts[source]
  return handle === undefined ? '' : (texts.get(handle.hash)?.text ?? '')
}

async function around(
  reading: Reading,
  vector: number[] | null,
  { ports }: NodeRun,
): Promise<NodeRun['workspace']['neighbourhood']> {
  if (vector === null || reading.space === null) {
    return { unavailable: `no embedder reads "${reading.language ?? 'unknown'}"`, space: null, items: [] }
  }
  try {
    return await ports.neighbours({ space: reading.space, vector, limit: NEIGHBOURS })
  } catch (error) {
    if (isFatal(error)) throw error
    return { unavailable: error instanceof Error ? error.message : String(error), space: null, items: [] }
  }
}
