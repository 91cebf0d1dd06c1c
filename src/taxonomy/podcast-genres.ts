import { readGenreTable, readTable } from './taxonomy-tables.ts'
import { buildTree, foldName, type TaxonomyTree } from './taxonomy-tree.ts'

/** The place of a podcast genre in IAB Content 3.1. */
export interface GenreLink {
  genre: string
  /** The id in IAB's podcast genre mapping; null if that is not a node of the taxonomy. */
  iab: string | null
  /** Set if `iab` is null: the nearest subject, chosen by us; null if the genre names a form and not a subject. */
  closest: string | null
  /** The reason why `iab` is null; otherwise null. */
  unmapped: string | null
  /** The name of the node in IAB's mapping, if it differs from the node's own name. We join on the id, never on this. */
  statedName: string | null
}

/** Our choices for the genres that IAB maps to its descriptive vectors, or to nothing. The names are IAB's. */
const CLOSEST: Readonly<Record<string, string>> = {
  'Business News': 'Business and Finance',
  'Entertainment News': 'Entertainment',
  'Sports News': 'Sports',
  'Tech News': 'Technology & Computing',
  Wilderness: 'Outdoor Activities',
  'TV & Film': 'Entertainment',
  'After Shows': 'Television',
  'Film History': 'Movies',
  'Film Interviews': 'Movies',
  'Film Reviews': 'Movies',
  'TV Reviews': 'Television',
}

/** Our choices for the Apple categories that IAB's mapping lacks: some current ones, and some from before 2019 that feeds still have. */
const UNLISTED: Readonly<Record<string, string>> = {
  'Fitness & Nutrition': 'Healthy Living',
  Gadgets: 'Consumer Electronics',
  'Games & Hobbies': 'Hobbies & Interests',
  'Government & Organizations': 'Politics',
  Health: 'Healthy Living',
  'Higher Education': 'College Education',
  'Language Courses': 'Language Learning',
  Literature: 'Books and Literature',
  'Management & Marketing': 'Business',
  'News & Politics': 'Politics',
  'Other Games': 'Games and Puzzles',
  Running: 'Running and Jogging',
  'Science & Medicine': 'Science',
  'Sports & Recreation': 'Sports',
}

export interface PodcastGenres {
  readonly all: readonly GenreLink[]
  /** Looks up by the genre's name; case and diacritics do not matter. */
  get(genre: string): GenreLink | undefined
}

let cached: PodcastGenres | undefined

/** IAB's podcast genre mapping, joined on ids, and the Apple categories that it lacks. It is read once. */
export function podcastGenres(): PodcastGenres {
  cached ??= join(buildTree('iab-content-3.1', readTable('iab-content-3.1')))
  return cached
}

/** The link of an Apple category, by its name in feeds (`itunes:category`) or by its id here (`leisure/video-games`). */
export function fromAppleCategory(category: string): GenreLink | undefined {
  return podcastGenres().get(appleName(category) ?? category)
}

function appleName(id: string): string | undefined {
  appleNames ??= new Map(readTable('apple-podcasts').map(([key, , name]) => [key, name]))
  return appleNames.get(id)
}
let appleNames: Map<string, string> | undefined

function join(iab: TaxonomyTree): PodcastGenres {
  const idOf = (name: string | undefined) => (name === undefined ? null : (iab.byName(name)?.id ?? null))
  const listed = readGenreTable().map(([genre, id, statedName]): GenreLink => {
    const node = id === null ? undefined : iab.get(id)
    if (node !== undefined) {
      const differs = node.name !== statedName
      return { genre, iab: node.id, closest: null, unmapped: null, statedName: differs ? statedName : null }
    }
    const unmapped =
      id === null ? 'the mapping gives no id' : `${id} is a descriptive vector and no node of the taxonomy`
    return { genre, iab: null, closest: idOf(CLOSEST[genre]), unmapped, statedName }
  })
  const unlisted = Object.entries(UNLISTED).map(
    ([genre, name]): GenreLink => ({
      genre,
      iab: null,
      closest: idOf(name),
      unmapped: 'the mapping does not list it',
      statedName: null,
    }),
  )
  const all = [...listed, ...unlisted]
  const byName = new Map(all.map((link) => [foldName(link.genre), link]))
  return { all, get: (genre) => byName.get(foldName(genre)) }
}
