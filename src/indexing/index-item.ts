import { LRUCache } from 'lru-cache'
import type { Sha256 } from '../content/text/hash.ts'
import type { Understanding } from '../content/understanding-schema.ts'
import type { Repositories } from '../database/repositories.ts'
import { type Embedder, knowsLanguage } from '../models/embedder.ts'
import { wordsToFind } from '../search/search-terms.ts'
import { versionWords } from '../search/version-words.ts'
import type { Analysis } from '../signals/analysis.ts'
import { itemVector } from '../signals/reading/item-vector.ts'
import { readItem } from '../signals/reading/read-item.ts'
import type { Reading } from '../signals/reading/reading.ts'
import type { Point, SimilarityIndex } from '../similarity/similarity-index.ts'

/** What a change of one item does to the similarity index. */
export interface ItemIndexing {
  /** Remembers a reading that was just made, so that the item is not embedded twice. */
  remember(itemId: string, reading: Reading): void
  /** Indexes the item as it is published now. Does nothing if there is a later version than `version`. */
  publish(itemId: string, version: number): Promise<void>
  /** Removes what was indexed before the item was erased. */
  forget(itemId: string): Promise<void>
  /** Does one of the two, depending on whether the item exists now. */
  renew(itemId: string): Promise<void>
}

export interface ItemIndexingDeps {
  repositories: Pick<Repositories, 'items' | 'texts' | 'understandings' | 'versionTexts'>
  index: Pick<SimilarityIndex, 'remove' | 'replaceItem'>
  embedder: Embedder
  analysis: Analysis
}

const MAX_REMEMBERED_READINGS = 16

export function createItemIndexing({ repositories, index, embedder, analysis }: ItemIndexingDeps): ItemIndexing {
  const readings = new LRUCache<string, Reading>({ max: MAX_REMEMBERED_READINGS })

  /** What is being written. If the index does not take it, it is tried again with the same reading. */
  let writing: { itemId: string; version: number; reading: Reading } | null = null

  async function put(understanding: Understanding): Promise<void> {
    const { item, version } = understanding
    const itemId = item.id
    // The previous version may have been in a language that the embedder knows.
    if (!knowsLanguage(embedder, understanding.item.language)) return index.replaceItem(itemId, embedder.space, [])
    const tried = writing?.itemId === itemId && writing.version === version ? writing.reading : undefined
    // If the embedder was away in the run, the reading has no vectors.
    const made = [readings.get(itemId), tried].find((known) => known?.space === embedder.space)
    const reading = made ?? (await readAgain(understanding))
    readings.delete(itemId)
    writing = { itemId, version, reading }
    await index.replaceItem(itemId, embedder.space, pointsOf(understanding, reading))
    writing = null
  }

  async function readAgain({ item, texts }: Understanding): Promise<Reading> {
    const textOf = async (hash: Sha256 | undefined) =>
      hash === undefined ? '' : ((await repositories.texts.get(item.id, hash))?.text ?? '')
    const words = await versionWords({ itemId: item.id, textHash: texts.transcript?.hash ?? null }, repositories)
    return readItem(
      {
        kind: item.kind,
        language: item.language,
        title: await textOf(texts.title?.hash),
        description: await textOf(texts.description?.hash),
        text: words?.text ?? '',
        segments: words?.segments ?? [],
      },
      { embedder, analysis },
    )
  }

  async function forget(itemId: string): Promise<void> {
    if ((await repositories.items.current(itemId)) === null) {
      readings.delete(itemId)
      if (writing?.itemId === itemId) writing = null
      await index.remove(itemId)
    } else {
      // The item was submitted again since. The reading is that of the new one, and so may be its points in other spaces.
      await index.replaceItem(itemId, embedder.space, [])
    }
  }

  return {
    remember(itemId, reading) {
      readings.set(itemId, reading)
    },
    async publish(itemId, version) {
      const understanding = await repositories.understandings.current(itemId)
      // A later version of the item comes later in the outbox.
      if (understanding?.version === version) await put(understanding)
    },
    forget,
    async renew(itemId) {
      const understanding = await repositories.understandings.current(itemId)
      await (understanding === null ? forget(itemId) : put(understanding))
    },
  }
}

/** One point for the whole item, and one for each content segment. */
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
  const segments = reading.segments.flatMap(({ index, role, start, end }): Point[] => {
    const vector = reading.vectors[index]
    if (!vector || role !== 'content') return []
    return [{ ...common, segment: index, vector, words: wordsToFind(reading.text.slice(start, end)) }]
  })
  const words = wordsToFind(`${reading.title}\n${reading.description}`)
  return whole === null ? segments : [{ ...common, segment: null, vector: whole, words }, ...segments]
}
