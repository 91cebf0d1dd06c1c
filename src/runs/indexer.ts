import type { Sha256 } from '../content/hash.ts'
import { Segment } from '../content/segment.ts'
import { SEGMENTER_VERSION } from '../content/segmenter.ts'
import type { Understanding } from '../content/understanding.ts'
import type { Repositories } from '../database/repositories.ts'
import { type Embedder, knowsLanguage } from '../models/embedder.ts'
import type { Analysis } from '../signals/analysis.ts'
import { itemVector } from '../signals/item-vector.ts'
import { readItem } from '../signals/read-item.ts'
import type { Reading } from '../signals/reading.ts'
import type { Point, SimilarityIndex } from '../similarity/similarity-index.ts'
import { atMost } from './at-most.ts'
import { consumerOf } from './served-index.ts'
import { createTries, type Timer, unrefTimer } from './tries.ts'

/** Brings the similarity index up to what is published. */
export interface Indexer {
  /** Remembers a reading that was just made, so that it is not embedded twice. */
  remember(itemId: string, reading: Reading): void
  /**
   * Indexes everything that was published since the last time. An index that is away is tried again by itself, after pauses that grow, and at
   * the next publication or start: the place in the outbox is kept, nothing is lost.
   */
  catchUp(): Promise<void>
  /** The same, waited for until items can be found, but not for long: an index that is slow or away keeps nobody. */
  catchUpBriefly(): Promise<void>
  /** How many changes the index has not followed yet, after it had a moment to. @throws {SimilarityError} if it does not answer. */
  behind(): Promise<number>
  /** Why the index is behind: what failed when it was last written, until it has caught up; else null. */
  trouble(): string | null
  /** Lets the change that is under way come to an end, but not for long. What is left is indexed after the next start. */
  close(): Promise<void>
}

export interface IndexerDeps {
  repositories: Repositories
  index: SimilarityIndex
  embedder: Embedder
  analysis: Analysis
  log(message: string, fields: Record<string, unknown>): void
  /** What waits between tries. */
  timer?: Timer
}

/** How long a run, a search and closing wait. */
const PATIENCE_MS = 2000
/** How much longer closing waits for the one change that is under way, so that short commands one after another get on too. */
const LAST_CHANGE_MS = 8000
const BATCH = 50
const REMEMBERED = 16

export function createIndexer({
  repositories,
  index,
  embedder,
  analysis,
  log,
  timer = unrefTimer,
}: IndexerDeps): Indexer {
  const readings = new Map<string, Reading>()
  let under: Promise<void> | undefined
  let again = false
  /** Up to where erasures were followed before their turn, and by which consumer. */
  let ahead = { name: '', seq: 0 }
  let state: 'open' | 'stopping' | 'closed' = 'open'

  /** Each engine, vector space and collection has a place of its own in the outbox: what is new there starts from the beginning. */
  async function consumer(): Promise<string> {
    return consumerOf(await index.prepare(embedder.space, embedder.dimension))
  }

  const tries = createTries(catchUp, timer)
  let trouble: string | null = null

  const left = async () => repositories.outbox.behind(await consumer())

  async function settled(): Promise<void> {
    while (under !== undefined) await under
  }

  /** Asks between batches where it writes to: what was lost on the way is filled from the beginning too. */
  async function all(): Promise<void> {
    let more = true
    while (more) {
      const name = await consumer()
      await forgetErased(name)
      more = await follow(name)
    }
  }

  /** Erasures go first: what was published before them may take hours to embed. */
  async function forgetErased(name: string): Promise<void> {
    if (ahead.name !== name) ahead = { name, seq: 0 }
    for (const { itemId, seq } of await repositories.outbox.erasuresAhead(name)) {
      if (state !== 'open') return
      if (seq <= ahead.seq) continue
      await forget(itemId)
      ahead.seq = seq
    }
  }

  /** @returns whether there was anything to do. */
  async function follow(name: string): Promise<boolean> {
    const changes = await repositories.understandings.changes(await repositories.outbox.position(name), BATCH)
    for (const change of changes) {
      if (state !== 'open') return false
      if (change.change === 'published') await one(change.itemId, change.version)
      else if (change.seq > ahead.seq) await forget(change.itemId)
      await repositories.outbox.advance(name, change.seq)
    }
    return changes.length > 0
  }

  async function forget(itemId: string): Promise<void> {
    if ((await repositories.items.current(itemId)) === null) {
      readings.delete(itemId)
      await index.remove(itemId)
    } else {
      // It was given again since. The reading is the new one's, and so may be its points in other spaces.
      await index.replaceItem(itemId, embedder.space, [])
    }
  }

  async function one(itemId: string, version: number): Promise<void> {
    const understanding = await repositories.understandings.current(itemId)
    // A later version of the item comes later in the outbox.
    if (understanding === null || understanding.version !== version) return
    const reading = readings.get(itemId) ?? (await readAgain(understanding))
    readings.delete(itemId)
    if (reading === null || reading.space !== embedder.space) return
    await index.replaceItem(itemId, embedder.space, pointsOf(understanding, reading))
  }

  async function readAgain({ item, texts }: Understanding): Promise<Reading | null> {
    if (!knowsLanguage(embedder, item.language)) return null
    const textOf = async (hash: Sha256 | undefined) =>
      hash === undefined ? '' : ((await repositories.texts.get(item.id, hash))?.text ?? '')
    const hash = texts.transcript?.hash
    const derived =
      hash === undefined
        ? null
        : await repositories.texts.getDerived(item.id, {
            textHash: hash,
            kind: 'segments',
            version: `segmenter@${SEGMENTER_VERSION}`,
          })
    const segments = Segment.array().safeParse(derived?.value).data ?? []
    return readItem(
      {
        kind: item.kind,
        language: item.language,
        title: await textOf(texts.title?.hash),
        description: await textOf(texts.description?.hash),
        text: await textOf(hash),
        segments,
      },
      { embedder, analysis },
    )
  }

  async function catchUp(): Promise<void> {
    if (state !== 'open') return
    if (under !== undefined) {
      again = true
      return under
    }
    tries.begin()
    under = all()
      .then(() => {
        trouble = null
        tries.succeeded()
      })
      .catch(failed)
      .finally(() => {
        under = undefined
      })
    await under
    if (again) {
      again = false
      await catchUp()
    }
  }

  function failed(error: unknown): void {
    // What it needs was closed under it.
    if (state === 'closed') return
    trouble = error instanceof Error ? error.message : String(error)
    const fields = state === 'open' ? { error: trouble, againInMs: tries.failed() } : { error: trouble }
    log('the similarity index is behind and will be tried again', fields)
  }

  return {
    remember(itemId, reading) {
      readings.delete(itemId)
      readings.set(itemId, reading)
      const oldest = readings.keys().next().value
      if (readings.size > REMEMBERED && oldest !== undefined) readings.delete(oldest)
    },
    catchUp,
    async catchUpBriefly() {
      await atMost(catchUp(), PATIENCE_MS)
    },
    trouble: () => trouble,
    async behind() {
      const behind = await left()
      if (behind === 0 || under !== undefined) return behind
      await this.catchUpBriefly()
      return left()
    },
    async close() {
      await atMost(settled(), PATIENCE_MS)
      state = 'stopping'
      tries.stop()
      await atMost(settled(), LAST_CHANGE_MS)
      state = 'closed'
    },
  }
}

/** One point for the whole item and one for each content segment. */
function pointsOf({ item, topics, texts, version }: Understanding, reading: Reading): Point[] {
  const payload = {
    kind: item.kind,
    language: item.language,
    topics: topics.map(({ taxonomy, id }) => `${taxonomy}/${id}`),
    textHash: texts.transcript?.hash ?? null,
    version,
  }
  const common = { itemId: item.id, space: reading.space ?? '', payload }
  const whole = itemVector(reading)
  const segments = reading.segments.flatMap(({ index, role }): Point[] => {
    const vector = reading.vectors[index]
    return vector && role === 'content' ? [{ ...common, segment: index, vector }] : []
  })
  return whole === null ? segments : [{ ...common, segment: null, vector: whole }, ...segments]
}
