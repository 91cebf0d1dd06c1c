import { readPhrases } from '../../taxonomy/node-phrases.ts'
import { readTrees } from '../../taxonomy/shipped-trees.ts'
import { IAB_CONTENT } from '../../taxonomy/taxonomy.ts'
import { TOPIC_NEEDS, TOPIC_WORDS } from '../data/topic-words.ts'
import { contentStems } from '../reading/reading-words.ts'

/** The nodes of a taxonomy that a word supports, and how much (0..1). A word that supports many nodes supports each a little. */
export interface TopicLexicon {
  weights(stem: string): readonly (readonly [node: string, weight: number])[]
}

/** A word of the describing phrases counts less than a word of the node's name or of its word list. */
const PHRASE_WORD = 0.35
// Words of phrases and names that say nothing about a subject when people speak them.
const VACUOUS = new Set(
  contentStems(
    'develop development best big better child children day different everyone explain family favorite free full game group happen head high home hour house idea important kind life line live long man men minute move name news number open order part person place play product question real report review room rule run share short show side simple small special start step stop story system test time tip top turn type version way week woman women word world write young issue general interest special information service equipment advice tip season talk industry level topic single men back hand share learn change building value case set check offer power water light air street local land area public social center space field view body cut pass hold result hit pool point card sheet date tell told town village night morning evening walk run thousand hundred million team lost search caught watch destroy picture voice hear listen read remember forget believe feel felt wait sit stand stood bring brought carry close open door window road street car table chair hand eye face hair wall floor corner black white red green blue dark bright cold hot warm cool early late soon slow fast quick easy hard strong weak rich poor young old big huge tiny tall deep heavy empty clean dirty broken fix leak save spend pay buy sell bought sold cost cheap expensive piece bit pair group list box bag paper letter page note message phone email picture photo question answer reason problem trouble mistake fail win lose miss hope wish plan decide choose choice agree argue fight hurt happy sad angry afraid worry love hate friend neighbour neighbor boy girl kid baby person human body head heart mind country city state nation north south east west river sea island hill tree stone fire rain snow summer winter spring month season moment future past modern ancient common rare public private safe danger dangerous near far inside outside ground fall rise grow build built create develop choose follow lead meet join leave arrive stay travel visit trip use user data process model rate amount size range detail example fact experience member host guest show episode podcast community mean basically interesting series streaming',
  ),
)

function wordsByNode(taxonomy: string): Map<string, Map<string, number>> {
  const trees = readTrees()
  const nodes = new Map<string, Map<string, number>>()
  const add = (node: string, text: string, weight: number, keepsAll: boolean): void => {
    const words = nodes.get(node) ?? new Map<string, number>()
    for (const stem of contentStems(text))
      if (keepsAll || !VACUOUS.has(stem)) words.set(stem, Math.max(words.get(stem) ?? 0, weight))
    nodes.set(node, words)
  }
  for (const phrase of readPhrases(trees))
    if (phrase.taxonomy === taxonomy) add(phrase.node, phrase.text, PHRASE_WORD, false)
  if (taxonomy === IAB_CONTENT) {
    for (const { id, name } of trees[IAB_CONTENT].nodes) add(id, name, 1, false)
    for (const [node, words] of Object.entries(TOPIC_WORDS)) add(node, words, 1, true)
  }
  return nodes
}

function build(taxonomy: string): TopicLexicon {
  const nodes = wordsByNode(taxonomy)
  const count = new Map<string, number>()
  for (const words of nodes.values())
    for (const [stem, weight] of words) count.set(stem, (count.get(stem) ?? 0) + weight)
  const index = new Map<string, (readonly [string, number])[]>()
  const most = Math.log(Math.max(2, nodes.size))
  for (const [node, words] of nodes)
    for (const [stem, weight] of words) {
      const rarity = Math.max(0, 1 - Math.log(Math.max(1, count.get(stem) ?? 1)) / most)
      index.set(stem, [...(index.get(stem) ?? []), [node, weight * rarity]])
    }
  return { weights: (stem) => index.get(stem) ?? [] }
}

const built = new Map<string, TopicLexicon>()

/**
 * The lexicon of a taxonomy that comes with the product. It is made once in a process, from names, describing phrases and our word lists.
 */
export function topicLexicon(taxonomy: string): TopicLexicon {
  const known = built.get(taxonomy)
  if (known !== undefined) return known
  const lexicon = build(taxonomy)
  built.set(taxonomy, lexicon)
  return lexicon
}

const NEEDS = new Map(Object.entries(TOPIC_NEEDS).map(([root, words]) => [root, contentStems(words)]))

/** Needed words occur at least once in this many content words, and once in a short text. */
const NEEDED_ONCE_IN = 800

/**
 * Says whether a text has the words that the nodes of a path need, as often as they need them. `counts` holds how often each stem occurs,
 * and `total` is their sum.
 */
export function hasNeededWords(path: readonly string[], counts: ReadonlyMap<string, number>, total: number): boolean {
  return path.every((node) => {
    const needed = NEEDS.get(node)
    if (needed === undefined) return true
    const found = needed.reduce((sum, stem) => sum + (counts.get(stem) ?? 0), 0)
    return found >= Math.max(1, total / NEEDED_ONCE_IN)
  })
}

/**
 * Says whether a text has a word that supports a node, or a node above or below it. The node is given by its path. True for a path that
 * does not exist.
 */
export function speaksOf(taxonomy: string, path: readonly string[], text: string): boolean {
  const tree = Object.values(readTrees()).find(({ id }) => id === taxonomy)
  const related = new Set(
    tree?.nodes
      .filter(
        (node) => path.every((name, i) => node.path[i] === name) || node.path.every((name, i) => path[i] === name),
      )
      .map(({ id }) => id),
  )
  const lexicon = topicLexicon(taxonomy)
  return (
    related.size === 0 || contentStems(text).some((stem) => lexicon.weights(stem).some(([node]) => related.has(node)))
  )
}
