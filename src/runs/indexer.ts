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

/** Brings the similarity index up to what is published. */
export interface Indexer {
  /** Remembers a reading that was just made, so that it is not embedded twice. */
  remember(itemId: string, reading: Reading): void
  /**
   * Indexes everything that was published since the last time. An index that is away is tried again at the next
   * publication or start: the place in the outbox is kept, nothing is lost.
   */
  catchUp(): Promise<void>
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

export interface IndexerDeps {
  repositories: Repositories
  index: SimilarityIndex
  embedder: Embedder | null
  analysis: Analysis
  log(message: string, fields: Record<string, unknown>): void
}

const CONSUMER = 'similarity'
const BATCH = 50
const REMEMBERED = 16

export function createIndexer({ repositories, index, embedder, analysis, log }: IndexerDeps): Indexer {
  const readings = new Map<string, Reading>()
  let under: Promise<void> | undefined
  let again = false

  async function all(): Promise<void> {
    let after = await repositories.outbox.position(CONSUMER)
    for (;;) {
      const changes = await repositories.understandings.changes(after, BATCH)
      for (const change of changes) {
        if (change.change === 'published') await one(change.itemId, change.version)
        else await forget(change.itemId)
        await repositories.outbox.advance(CONSUMER, change.seq)
        after = change.seq
      }
      if (changes.length < BATCH) return
    }
  }

  async function forget(itemId: string): Promise<void> {
    // Where it was given again since, the reading is the new one's.
    if ((await repositories.items.current(itemId)) === null) readings.delete(itemId)
    await index.remove(itemId)
  }

  async function one(itemId: string, version: number): Promise<void> {
    if (embedder === null) return
    const understanding = await repositories.understandings.current(itemId)
    // A later version of the item comes later in the outbox.
    if (understanding === null || understanding.version !== version) return
    const reading = readings.get(itemId) ?? (await readAgain(understanding))
    readings.delete(itemId)
    if (reading === null || reading.space !== embedder.space) return
    await index.replaceItem(itemId, embedder.space, pointsOf(understanding, reading))
  }

  async function readAgain({ item, texts }: Understanding): Promise<Reading | null> {
    if (embedder === null || !knowsLanguage(embedder, item.language)) return null
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

  return {
    remember(itemId, reading) {
      readings.delete(itemId)
      readings.set(itemId, reading)
      const oldest = readings.keys().next().value
      if (readings.size > REMEMBERED && oldest !== undefined) readings.delete(oldest)
    },
    async catchUp() {
      if (under !== undefined) {
        again = true
        return under
      }
      under = all()
        .catch((error: unknown) =>
          log('the similarity index is behind and will be tried again', {
            error: error instanceof Error ? error.message : String(error),
          }),
        )
        .finally(() => {
          under = undefined
        })
      await under
      if (again) {
        again = false
        await this.catchUp()
      }
    },
    async settled() {
      while (under !== undefined) await under
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
