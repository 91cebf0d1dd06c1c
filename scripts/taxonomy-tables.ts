/**
 * Writes the tables of facts in src/taxonomy/data from the published lists.
 *
 *   npx tsx scripts/taxonomy-tables.ts <folder>
 *
 * <folder> holds `iab-taxonomies/` (a clone of github.com/InteractiveAdvertisingBureau/Taxonomies) and
 * `apple-podcast-categories/apple-categories.json` (the categories of the npm package podcast-categories as JSON:
 * category -> subcategory -> true).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readContentTaxonomy, readGenreMapping, type TableRow } from './taxonomy-tsv.ts'

/** Apple dropped this category when it added Leisure; it stays readable for old feeds and comes last. */
const RETIRED = 'Games & Hobbies'

const AppleCategories = z.record(z.string(), z.record(z.string(), z.literal(true)))

const source = process.argv[2]
if (source === undefined) {
  console.error('usage: tsx scripts/taxonomy-tables.ts <folder with iab-taxonomies and apple-podcast-categories>')
  process.exit(2)
}
const data = new URL('../src/taxonomy/data/', import.meta.url)

const iab = readContentTaxonomy(read('iab-taxonomies/Content Taxonomies/Content Taxonomy 3.1.tsv'))
const genres = readGenreMapping(read('iab-taxonomies/Taxonomy Mappings/Podcast Genre Mapping.tsv'))
const apple = appleRows(AppleCategories.parse(JSON.parse(read('apple-podcast-categories/apple-categories.json'))))
write('iab-content-3.1.json', iab)
write('podcast-genres.json', genres)
write('apple-podcasts.json', apple)
console.error(`${iab.length} IAB nodes, ${genres.length} podcast genres, ${apple.length} Apple categories`)

function read(path: string): string {
  return readFileSync(join(source ?? '', path), 'utf8')
}

function write(name: string, rows: readonly unknown[]): void {
  writeFileSync(new URL(name, data), `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`)
}

function appleRows(categories: z.infer<typeof AppleCategories>): TableRow[] {
  const inOrder = Object.entries(categories).sort(([a], [b]) => Number(a === RETIRED) - Number(b === RETIRED))
  return inOrder.flatMap(([name, subcategories]): TableRow[] => [
    [slug(name), null, name],
    ...Object.keys(subcategories).map((sub): TableRow => [`${slug(name)}/${slug(sub)}`, slug(name), sub]),
  ])
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
