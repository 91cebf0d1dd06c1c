import { messageOf } from '../content/validation/error-message.ts'
import type { SetAside } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'
import { ModelError } from '../models/chat-model.ts'
import type { Embedder } from '../models/embedder.ts'
import type { Analysis } from '../signals/analysis.ts'
import {
  InvalidVector,
  SimilarityError,
  type SimilarityIndex,
  SimilarityRefused,
} from '../similarity/similarity-index.ts'
import { atMost } from '../waiting/wait-at-most.ts'
import { createItemIndexing, type ItemIndexing } from './index-item.ts'
import { createRetryTimer, type Timer, unrefTimer } from './retry-timer.ts'

/** Brings the similarity index up to date with what is published. */
export interface Indexer extends Pick<ItemIndexing, 'remember'> {
  /**
   * Indexes everything that was published since the last time. If the index is away, it is tried again by itself after growing pauses, and
   * at the next publication or start. Its place in the outbox is kept, so nothing is lost. A change that itself is the cause of a failure
   * is tried again a few times. Then it is set aside, and the others go on. `setAside`: those that were set aside are tried once more,
   * too.
   */
  catchUp(options?: { setAside?: boolean }): Promise<void>
  /** The same, but waits until items can be found. It does not wait long, so a slow or absent index holds nobody up. */
  catchUpBriefly(): Promise<void>
  /** The same for a caller that finds the index behind. Returns false at once if the index is already being written. */
  catchUpWhereIdle(): Promise<boolean>
  /** Why the index is behind: the last failure to write to it, until it has caught up; else null. */
  trouble(): string | null
  /**
   * The number of changes that were set aside, and the first of them with their reasons. @throws {SimilarityError} if the index does not
   * answer.
   */
  setAside(limit: number): Promise<SetAside>
  /** Lets the change that is under way finish, but does not wait long. The rest is indexed after the next start. */
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

/** The outbox consumer that fills the index with this name. Each index has its own place in the outbox. */
export const consumerOf = (holder: string) => `similarity ${holder}`

/** How long a run, a search and closing wait. */
const PATIENCE_MS = 2000
/** How much longer closing waits for the one change that is under way, so that short commands one after another get on too. */
const LAST_CHANGE_MS = 8000
const BATCH = 50
/** With the pauses between them, 15 s. Counted in the database, so that short commands one after another come to an end too. */
const MOST_TRIES = 5

export function createIndexer({
  repositories,
  index,
  embedder,
  analysis,
  log,
  timer = unrefTimer,
}: IndexerDeps): Indexer {
  const { outbox, outboxFailures } = repositories
  const item = createItemIndexing({ repositories, index, embedder, analysis })
  /** What is under way, and whether it has to look once more before it ends. */
  let under: Promise<void> | undefined
  let again = false
  let setAsideToo = false
  /** Up to where erasures were followed ahead of their turn, and by which consumer. */
  let ahead = { name: '', seq: 0 }
  let state: 'open' | 'stopping' | 'closed' = 'open'

  /** Each combination of engine, vector space and collection has its own place in the outbox. A new one starts from the beginning. */
  async function consumer(): Promise<string> {
    return consumerOf(await index.prepare(embedder.space, embedder.dimension))
  }

  const retryTimer = createRetryTimer(() => catchUp(), timer)
  let trouble: string | null = null

  /** Asks between batches where it writes to, so that an index that was lost on the way is filled from the beginning too. */
  async function all(): Promise<void> {
    let name: string
    do {
      name = await consumer()
      await forgetErased(name)
    } while (await follow(name))
    if (setAsideToo) await renewSetAside(name)
    setAsideToo = false
  }

  /** Erasures go first: what was published before them may take hours to embed. */
  async function forgetErased(name: string): Promise<void> {
    if (ahead.name !== name) ahead = { name, seq: 0 }
    const followed = Math.max(ahead.seq, await outbox.position(name))
    for (const { itemId, seq } of await outbox.erasuresAfter(followed)) {
      if (state !== 'open') return
      await attempt(name, { itemId, seq }, () => item.forget(itemId))
      ahead.seq = seq
    }
  }

  /** @returns whether there was anything to do. */
  async function follow(name: string): Promise<boolean> {
    const changes = await repositories.understandings.changes(await outbox.position(name), BATCH)
    for (const change of changes) {
      if (state !== 'open') return false
      const { itemId, seq } = change
      if (change.change === 'published') await attempt(name, change, () => item.publish(itemId, change.version))
      else if (seq > ahead.seq) await attempt(name, change, () => item.forget(itemId))
      await outbox.advance(name, seq)
    }
    return changes.length > 0
  }

  async function renewSetAside(name: string): Promise<void> {
    for (const { itemId, seq } of (await outboxFailures.setAside(name)).entries) {
      if (state !== 'open') return
      await attempt(name, { itemId, seq }, () => item.renew(itemId))
    }
  }

  /** @throws if it has to be tried again. Returns if the change was followed, or has failed too often by its own fault. */
  async function attempt(name: string, change: { itemId: string; seq: number }, perform: () => Promise<void>) {
    const { itemId, seq } = change
    try {
      await perform()
    } catch (error) {
      if (state === 'closed' || isAway(error)) throw error
      const reason = messageOf(error)
      if (!(await outboxFailures.note(name, { itemId, seq, reason }, MOST_TRIES))) throw error
      log('a change to the similarity index is set aside', { itemId, error: reason })
      retryTimer.succeeded()
      return
    }
    await outboxFailures.clear(name, itemId)
    retryTimer.succeeded()
  }

  /**
   * A caller that asks while it is under way waits until it has looked once more: what the caller published may have come too late to be
   * seen.
   */
  async function catchUp({ setAside = false } = {}): Promise<void> {
    setAsideToo ||= setAside
    again = true
    under ??= rounds().finally(() => {
      under = undefined
    })
    return under
  }

  async function rounds(): Promise<void> {
    while (again && state === 'open') {
      again = false
      retryTimer.begin()
      try {
        await all()
        trouble = null
        retryTimer.succeeded()
      } catch (error) {
        failed(error)
      }
    }
  }

  function failed(error: unknown): void {
    // Its resources were closed while it worked.
    if (state === 'closed') return
    trouble = messageOf(error)
    const fields = state === 'open' ? { error: trouble, againInMs: retryTimer.failed() } : { error: trouble }
    log('the similarity index is behind and will be tried again', fields)
  }

  async function catchUpBriefly(): Promise<void> {
    await atMost(catchUp(), PATIENCE_MS)
  }

  async function setAside(limit: number): Promise<SetAside> {
    const holder = await index.holder(embedder.space)
    return holder === null ? { total: 0, entries: [] } : outboxFailures.setAside(consumerOf(holder), limit)
  }

  return {
    remember: item.remember,
    catchUp,
    catchUpBriefly,
    trouble: () => trouble,
    async catchUpWhereIdle() {
      if (under !== undefined) return false
      await catchUpBriefly()
      return true
    },
    setAside,
    async close() {
      await atMost(Promise.resolve(under), PATIENCE_MS)
      state = 'stopping'
      retryTimer.stop()
      await atMost(Promise.resolve(under), LAST_CHANGE_MS)
      state = 'closed'
    },
  }
}

/**
 * Whether a change failed because the index or the embedding model is away, refuses the key or is not set up right. Then every other
 * change would fail as well. Otherwise only this change is refused.
 */
function isAway(error: unknown): boolean {
  if (error instanceof ModelError) return error.kind !== 'bad_request'
  return error instanceof SimilarityError && !(error instanceof SimilarityRefused || error instanceof InvalidVector)
}
