import { detectLanguage } from '../content/text/detect-language.ts'
import { TextHash } from '../content/text/text.ts'
import type { VersionTextRepository } from '../database/repositories.ts'
import { consumerOf, type Indexer } from '../indexing/indexer.ts'
import { doesNotRead, type Embedder, knowsLanguage } from '../models/embedder.ts'
import { SEGMENTER } from '../runs/derived-blobs.ts'
import type { SimilarityFilter, SimilarityIndex } from '../similarity/similarity-index.ts'
import { type FoundItem, foundItem } from './found-items.ts'
import { candidatesOf, placesToAsk } from './search-candidates.ts'
import { floorOf } from './search-floor.ts'
import { queryTerms } from './search-terms.ts'
import { toVersionWords } from './version-words.ts'

/** Items whose text is looked at beyond those that are wanted: what their words say may change the order. */
const BEYOND = 5

export interface SearchQuery {
  text: string
  limit: number
  filter: SimilarityFilter
}

export interface SearchAnswer {
  found: FoundItem[]
  /** Items that came near enough to be looked at; above 0 also where nothing of them is shown. */
  compared: number
  /** Changes that the index had not followed when it was searched: above 0, there may be more to find. */
  behind: number
  /** Why nothing was compared, where the text is in a language of which there are no vectors; else null. */
  abstention: string | null
}

export interface SearchDeps {
  embedder: Embedder
  index: Pick<SimilarityIndex, 'nearestOfEach' | 'knownHolder' | 'holder'>
  versionTexts: Pick<VersionTextRepository, 'followed'>
  indexer: Pick<Indexer, 'catchUpWhereIdle'>
}

/** @throws {SimilarityError} {@link ModelError} when index or embedder do not answer. */
export type Search = (query: SearchQuery) => Promise<SearchAnswer>

/**
 * Items by meaning and words, best first. The text's vector is compared with those of whole items and of segments, and so are those that
 * hold a word of it, however far their meaning is. What reaches no floor is not shown. Scores are comparable within one vector space only.
 * A text that is clearly in a language the embedder does not read is compared with nothing: its vector would be near to anything. Few
 * words have no language that can be told, and are taken as they are.
 *
 * Where the index has caught up, one search is one request to it and one statement (two where the index lives in the database), and it
 * makes nothing. Where the index is behind and nobody fills it, it is given a moment to catch up first.
 */
export function createSearch(deps: SearchDeps): Search {
  const { embedder, indexer } = deps
  return async (query) => {
    const language = detectLanguage(query.text)
    const abstention = knowsLanguage(embedder, language) ? null : abstain(embedder, language)
    const vector = abstention === null ? (await embedder.embed([query.text]))[0] : undefined
    let answer = await searchOnce(query, vector, deps)
    if (answer.waiting > 0 && (await indexer.catchUpWhereIdle())) answer = await searchOnce(query, vector, deps)
    const { found, compared, waiting, setAside } = answer
    return { found, compared, behind: waiting + setAside, abstention }
  }
}

async function searchOnce(
  { text, limit, filter }: SearchQuery,
  vector: number[] | undefined,
  { embedder: { space }, index, versionTexts }: SearchDeps,
): Promise<Pick<SearchAnswer, 'found' | 'compared'> & { waiting: number; setAside: number }> {
  const terms = queryTerms(text)
  const search = async (excluded: readonly string[]) => {
    if (vector === undefined) return candidatesOf([], terms)
    const excludeItems = [...(filter.excludeItems ?? []), ...excluded]
    const places = placesToAsk(terms, limit, { ...filter, ...(excludeItems.length > 0 && { excludeItems }) })
    return candidatesOf(await index.nearestOfEach({ space, vector }, places), terms)
  }
  const load = async ({ candidates, weights }: Awaited<ReturnType<typeof search>>) => {
    const best = candidates.slice(0, limit + BEYOND)
    // Where nothing at all is found, what holds the points may have been lost and made again since it was last looked at.
    const holder = best.length === 0 ? await index.holder(space) : await index.knownHolder(space)
    const places = best.map(({ itemId, textHash }) => {
      return { itemId, textHash: TextHash.safeParse(textHash).data ?? null }
    })
    const followed = await versionTexts.followed(places, SEGMENTER, holder === null ? '' : consumerOf(holder))
    return { best, weights, followed }
  }
  let { best, weights, followed } = await load(await search([]))
  // The index may still hold what was erased. It takes places from others, so they are asked for once more without it.
  const { erased } = followed
  if (best.some(({ itemId }) => erased.includes(itemId))) {
    ;({ best, weights, followed } = await load(await search(erased)))
  }
  const sought = { weights, floor: floorOf(space) }
  const found = best
    .flatMap((candidate, n) => {
      const words = followed.texts[n]
      if (words === null || words === undefined || followed.erased.includes(candidate.itemId)) return []
      return foundItem(candidate, toVersionWords(words), sought) ?? []
    })
    .sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1))
  return { found: found.slice(0, limit), compared: best.length, waiting: followed.waiting, setAside: followed.setAside }
}

function abstain(embedder: Embedder, language: string | null): string {
  const known = [embedder.languages].flat().map((one) => `"${one}"`)
  return `nothing was compared: ${doesNotRead(embedder, language)}, the language of this text; search in ${known.join(', ')}, or set LINERNOTES_EMBEDDING_MODEL to a model that reads it`
}
