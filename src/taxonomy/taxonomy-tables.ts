import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** The taxonomies that ship with the product, in the order in which lists show them. */
export const TAXONOMY_IDS = ['iab-content-3.1', 'apple-podcasts', 'garm'] as const
export type TaxonomyId = (typeof TAXONOMY_IDS)[number]

/** One row of a table of facts: id, parent's id (null at a root), name. */
export type TableRow = readonly [id: string, parent: string | null, name: string]

const Rows = z.array(z.tuple([z.string(), z.string().nullable(), z.string()]))

/** The rows of a taxonomy's table; parents come before their children. */
export function readTable(taxonomy: TaxonomyId): readonly TableRow[] {
  switch (taxonomy) {
    case 'iab-content-3.1':
    case 'apple-podcasts':
      return readData(`${taxonomy}.json`, Rows)
    case 'garm':
      return readGarmTable().map(([id, name]) => [id, null, name])
  }
}

const GarmRows = z.array(z.tuple([z.string(), z.string(), z.string().nullable()]))

/** GARM's categories: our id, GARM's name, and the id of the sensitive topic in IAB Content 3.1 (null if there is none). */
export function readGarmTable(): [id: string, name: string, iabId: string | null][] {
  return readData('garm.json', GarmRows)
}

const GenreRows = z.array(z.tuple([z.string(), z.string().nullable(), z.string()]))

/** IAB's podcast genre mapping as published: genre, id (null if the cell is empty), and the name next to the id. */
export function readGenreTable(): [genre: string, id: string | null, statedName: string][] {
  return readData('podcast-genres.json', GenreRows)
}

/** Reads and checks a data file of this folder. @throws if it is missing or malformed: then the installation is broken. */
export function readData<T>(file: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(dataFile(file), 'utf8')))
}

export function dataFile(file: string): URL {
  return new URL(`./data/${file}`, import.meta.url)
}
