import { readdirSync } from 'node:fs'
import { z } from 'zod'
import { type Sha256, sha256 } from '../content/text/hash.ts'
import { podcastGenres } from './podcast-genres.ts'
import { dataFile, readData, TAXONOMY_IDS, type TaxonomyId } from './taxonomy-tables.ts'
import type { TaxonomyTree } from './taxonomy-tree.ts'

/** A phrase that describes a node; several nodes may share its text. */
export interface Phrase {
  taxonomy: TaxonomyId
  node: string
  text: string
  /** True if the phrase describes a similar but different subject: it counts against the node. */
  against?: true
}

/** Phrases by node. The keys are "id name", so that people can read the files. */
const PhraseFile = z.record(z.string(), z.array(z.string().min(1)).min(1))

/**
 * All describing phrases of the shipped taxonomies, in table order.
 *
 * IAB's tiers 1 and 2, some deeper nodes, and GARM's categories have phrases written for them; the other nodes are
 * described by their name, alone and with their parent's. Apple's categories have their own phrases, or those of the IAB node that
 * they map to. GARM's also have phrases against them, because talk about a vaccine is not yet a rumour about it.
 */
export function readPhrases(trees: Readonly<Record<TaxonomyId, TaxonomyTree>>): Phrase[] {
  const written = {
    'iab-content-3.1': readFolder('iab-content-3.1'),
    'apple-podcasts': readPhraseFile('apple-podcasts.json'),
    garm: readPhraseFile('garm.json'),
  }
  const texts = (taxonomy: TaxonomyId, id: string): readonly string[] => {
    const own = written[taxonomy].get(id)
    if (own !== undefined) return own
    const node = trees[taxonomy].get(id)
    if (node === undefined) return []
    const linked = taxonomy === 'apple-podcasts' ? linkedIabNode(node.name) : null
    if (linked !== null) return [node.name, ...texts('iab-content-3.1', linked)]
    return node.path.length === 1 ? [node.name] : [node.name, `${node.name}, ${node.path.at(-2)}`]
  }
  const against = readPhraseFile('garm-harmless.json')
  const harmless = [...against].flatMap(([node, list]) =>
    list.map((text): Phrase => ({ taxonomy: 'garm', node, text, against: true })),
  )
  const described = TAXONOMY_IDS.flatMap((taxonomy) =>
    trees[taxonomy].nodes.flatMap(({ id }) => texts(taxonomy, id).map((text) => ({ taxonomy, node: id, text }))),
  )
  return [...described, ...harmless]
}

/** Identifies the texts of the vectors: SHA-256 over the distinct texts in order, one text per line. */
export function hashPhrases(phrases: readonly Phrase[]): Sha256 {
  return sha256(distinctTexts(phrases).join('\n'))
}

/** The texts to embed: each once, in order of appearance. */
export function distinctTexts(phrases: readonly Phrase[]): string[] {
  return [...new Set(phrases.map(({ text }) => text))]
}

function linkedIabNode(genre: string): string | null {
  const link = podcastGenres().get(genre)
  return link?.iab ?? link?.closest ?? null
}

function readFolder(folder: string): Map<string, string[]> {
  const files = readdirSync(dataFile(`phrases/${folder}/`)).filter((name) => name.endsWith('.json'))
  return new Map(files.sort().flatMap((name) => [...readPhraseFile(`${folder}/${name}`)]))
}

function readPhraseFile(file: string): Map<string, string[]> {
  const entries = Object.entries(readData(`phrases/${file}`, PhraseFile))
  return new Map(entries.map(([key, texts]) => [key.split(' ')[0] ?? key, texts]))
}
