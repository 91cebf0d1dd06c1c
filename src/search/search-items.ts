import { TextHash } from '../content/text/text.ts'
import type { VersionTextRepository } from '../database/repositories.ts'
import { consumerOf, type Indexer } from '../indexing/indexer.ts'
import { doesNotRead, type Embedder, knowsLanguage } from '../models/embedder.ts'
import { SEGMENTER } from '../runs/derived-blobs.ts'
import type { SimilarityFilter, SimilarityIndex } from '../similarity/similarity-index.ts'
import { type FoundItem, foundItem } from './found-items.ts'
import { candidatesOf, placesToAsk } from './search-candidates.ts'
import { queryTerms } from './search-terms.ts'
import { toVersionWords } from './version-words.ts'

/** How many more items than wanted have their text looked at: their words may change the order. */
const EXTRA_ITEMS = 5

/**
 * Nothing below this score is shown. There is one floor for each embedder whose scores were measured with `bench/search-figures.ts`. It
 * was chosen with one half of `examples/questions.json`: the best score was 0.508 or more for a question that the examples answer, and
 * 0.466 or less for any other. In the other half, all 19 questions with an answer found it, and 11 of 12 without an answer found nothing.
 */
const FLOORS: readonly { embedder: RegExp; floor: number }[] = [{ embedder: /^use-lite-en@/, floor: 0.49 }]

export interface SearchQuery {
  text: string
  limit: number
  filter: SimilarityFilter
}

export interface SearchAnswer {
  found: FoundItem[]
  /** How many items came near enough to be looked at. It can be above 0 even if none of them is shown. */
  compared: number
  /** Changes that the index had not yet taken in when it was searched. Above 0 means that there may be more to find. */
  behind: number
  /** Why nothing was compared, if the text is in a language without vectors; else null. */
  abstention: string | null
}

export interface SearchDeps {
  embedder: Embedder
  index: Pick<SimilarityIndex, 'nearestOfEach' | 'knownHolder' | 'holder'>
  versionTexts: Pick<VersionTextRepository, 'followed'>
  indexer: Pick<Indexer, 'catchUpWhereIdle'>
}

/** @throws {SimilarityError} {@link ModelError} if index or embedder do not answer. */
export type Search = (query: SearchQuery) => Promise<SearchAnswer>

/**
 * Items by meaning and words, best first. The text's vector is compared with those of whole items and of segments. Segments that hold a
 * word of the text are compared too, however far away their meaning is. What does not reach the floor is not shown. Scores are comparable
 * only within one vector space. A text that is clearly in a language that the embedder does not read is compared with nothing, because its
 * vector would be near to anything. The language of a few words cannot be told, so they are compared as they are.
 * If the index has caught up, one search is one request to it and one statement (two if the index is in the database), and it creates
 * nothing. If the index is behind and nobody fills it, it first gets a moment to catch up.
 */
export function createSearch(deps: SearchDeps): Search {
  const { embedder, indexer } = deps
  return async (query) => {
    // The detector takes 70 MB and half a second to load. Only a process that searches loads it.
    const { detectLanguage } = await import('../content/text/detect-language.ts')
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
    const best = candidates.slice(0, limit + EXTRA_ITEMS)
    // If nothing at all is found, the collection may have been lost and made again since the last look.
    const holder = best.length === 0 ? await index.holder(space) : await index.knownHolder(space)
    const places = best.map(({ itemId, textHash }) => {
      return { itemId, textHash: TextHash.safeParse(textHash).data ?? null }
    })
    const followed = await versionTexts.followed(places, SEGMENTER, holder === null ? '' : consumerOf(holder))
    return { best, weights, followed }
  }
  let { best, weights, followed } = await load(await search([]))
  // The index may still hold items that were erased. They take places from others, so the index is asked once more without them.
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

/** The floor of a vector space. 0 if it was not measured. */
export function floorOf(space: string): number {
  return FLOORS.find(({ embedder }) => embedder.test(space))?.floor ?? 0
}

function abstain(embedder: Embedder, language: string | null): string {
  const known = [embedder.languages].flat().map((one) => `"${one}"`)
  return `nothing was compared: ${doesNotRead(embedder, language)}, the language of this text; search in ${known.join(', ')}, or set LINERNOTES_EMBEDDING_MODEL to a model that reads it`
}
