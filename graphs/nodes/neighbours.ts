import { messageOf } from '../../src/content/validation/error-message.ts'
import { isFatal } from '../../src/ledger/interruptions.ts'
import { doesNotRead, knowsLanguage } from '../../src/models/embedder.ts'
import { itemVector } from '../../src/signals/reading/item-vector.ts'
import { readItem } from '../../src/signals/reading/read-item.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'
import type { State } from '../state.ts'
import type { NodeFunction, NodeRun } from '../step.ts'
import type { Surroundings } from '../workspace.ts'

const NEIGHBOURS = 12
/** An item with this score or more is the same recording in another edition. */
const DUPLICATE_AT = 0.985

/**
 * Reads the item into vectors and asks the index for near items. It does so once per run: tools later search this candidate set. Without
 * an index, or without an embedder for the language, the run goes on and says so. If either is configured but away, the document says that
 * neighbours were not looked at.
 */
export const neighbours: NodeFunction = async (state, run) => {
  const startedAt = run.clock()
  const { reading, away } = await readOrGoOn(state, run)
  const ms = reading.space === null ? 0 : run.clock() - startedAt
  const { neighbourhood, again } = await neighboursOf(reading, away, run)
  run.workspace.neighbours.set({ reading, neighbourhood, vectorsAway: away !== null })
  const { unavailable, items } = neighbourhood
  const same = items.find(
    ({ score, textHash }) => score >= DUPLICATE_AT || (textHash !== null && textHash === state.texts.transcript?.hash),
  )
  return {
    nearby: { unavailable, again, count: items.length, duplicateOf: same?.itemId ?? null, ms },
    ...(away === null ? {} : { notes: [`without vectors: ${away}`] }),
  }
}

/** If the embedder is away, the item has no vectors and no neighbours, but the run goes on. `away` says why. */
async function readOrGoOn(state: State, run: NodeRun): Promise<{ reading: Reading; away: string | null }> {
  try {
    return { reading: await readWith(state, run, run.ports.embedder), away: null }
  } catch (error) {
    if (isFatal(error) || run.signal.aborted) throw error
    const away = messageOf(error)
    return { reading: await readWith(state, run, null), away }
  }
}

function readWith(
  state: State,
  { item, workspace, analysis, signal }: NodeRun,
  embedder: NodeRun['ports']['embedder'],
): Promise<Reading> {
  const { title, description } = workspace.intake.get()
  return readItem(
    {
      kind: item.kind,
      language: state.segmentation?.language ?? item.language ?? null,
      title: title.text,
      description: description.text,
      text: workspace.transcript.get().transcript?.text ?? '',
      segments: workspace.segment.get(),
    },
    { embedder, analysis, signal },
  )
}

async function neighboursOf(
  reading: Reading,
  away: string | null,
  { ports }: NodeRun,
): Promise<{ neighbourhood: Surroundings['neighbourhood']; again: boolean }> {
  const none = (unavailable: string, again: boolean) => {
    return { neighbourhood: { unavailable, space: null, items: [] }, again }
  }
  if (away !== null) return none(`the item has no vectors: ${away}`, true)
  const vector = itemVector(reading)
  if (vector === null || reading.space === null) return none(withoutVector(reading, ports), false)
  try {
    const neighbourhood = await ports.neighbours({ space: reading.space, vector, limit: NEIGHBOURS })
    return { neighbourhood, again: false }
  } catch (error) {
    if (isFatal(error)) throw error
    return none(messageOf(error), true)
  }
}

function withoutVector({ language, space }: Reading, { embedder }: NodeRun['ports']): string {
  if (embedder === null) return 'no embedder is configured'
  if (!knowsLanguage(embedder, language)) return doesNotRead(embedder, language)
  return space === null ? 'the item has no vectors' : 'there is no text to look for neighbours with'
}
