import { messageOf } from '../../src/content/validation/error-message.ts'
import { isFatal } from '../../src/ledger/interruptions.ts'
import { doesNotRead, knowsLanguage } from '../../src/models/embedder.ts'
import { itemVector } from '../../src/signals/reading/item-vector.ts'
import { readItem } from '../../src/signals/reading/read-item.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'
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
  const startedAt = run.clock()
  const reading = await readOrGoOn(state, run)
  const ms = reading.space === null ? 0 : run.clock() - startedAt
  run.workspace.reading = reading
  const vector = itemVector(reading)
  run.workspace.neighbourhood = await around(reading, vector, run)
  const { unavailable, items } = run.workspace.neighbourhood
  const same = items.find(
    ({ score, textHash }) => score >= DUPLICATE_AT || (textHash !== null && textHash === state.texts.transcript?.hash),
  )
  return { nearby: { unavailable, count: items.length, duplicateOf: same?.itemId ?? null, ms } }
}

/** An embedder that is away costs vectors and neighbours, not the run. */
async function readOrGoOn(state: State, run: NodeRun): Promise<Reading> {
  try {
    return await read(state, run, run.ports.embedder)
  } catch (error) {
    if (isFatal(error) || run.signal.aborted) throw error
    run.workspace.vectorsAway = true
    run.workspace.notes.push(`without vectors: ${messageOf(error)}`)
    return read(state, run, null)
  }
}

function read(
  state: State,
  { item, workspace, analysis, signal }: NodeRun,
  embedder: NodeRun['ports']['embedder'],
): Promise<Reading> {
  return readItem(
    {
      kind: item.kind,
      language: state.segmentation?.language ?? item.language ?? null,
      title: textOf(state, workspace.texts, 'title'),
      description: textOf(state, workspace.texts, 'description'),
      text: workspace.transcript?.text ?? '',
      segments: workspace.segments,
    },
    { embedder, analysis, signal },
  )
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
    return { unavailable: withoutVector(reading, ports), space: null, items: [] }
  }
  try {
    return await ports.neighbours({ space: reading.space, vector, limit: NEIGHBOURS })
  } catch (error) {
    if (isFatal(error)) throw error
    return { unavailable: messageOf(error), space: null, items: [] }
  }
}

function withoutVector({ language, space }: Reading, { embedder }: NodeRun['ports']): string {
  if (embedder === null) return 'no embedder is configured'
  if (!knowsLanguage(embedder, language)) return doesNotRead(embedder, language)
  return space === null ? 'the item has no vectors' : 'there is no text to look for neighbours with'
}
