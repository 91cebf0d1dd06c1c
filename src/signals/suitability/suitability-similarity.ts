import type { Taxonomy } from '../../taxonomy/taxonomy.ts'
import type { Reading } from '../reading/reading.ts'

/** The similarity of a segment with a category. 0 if nothing is known. */
export type CategorySimilarity = (segment: number, category: string) => number

// The categories that sentence vectors distinguish from ordinary talk. Misinformation, spam and profanity are recognised by single words
// and claims. In a trial on talks and lectures, vectors found them everywhere.
const RELIABLE = new Set([
  'adult-sexual',
  'arms-ammunition',
  'crime-harmful-acts',
  'death-injury-military-conflict',
  'drugs-tobacco-alcohol',
  'terrorism',
])

/** Scores an item's segments once against the describing phrases of the GARM taxonomy, for those categories whose scores can be trusted. */
export function categorySimilarity(
  reading: Pick<Reading, 'vectors' | 'space'>,
  garm: Pick<Taxonomy, 'space' | 'scoreAll'> | undefined,
): CategorySimilarity {
  if (garm === undefined || reading.space === null || reading.space !== garm.space) return () => 0
  const withVector = reading.vectors.flatMap((vector, segment) => (vector === null ? [] : [{ segment, vector }]))
  if (withVector.length === 0) return () => 0
  const { nodes, rows } = garm.scoreAll(
    withVector.map(({ vector }) => vector),
    { space: garm.space, tiers: [1] },
  )
  const columns = new Map(nodes.flatMap(({ id }, column) => (RELIABLE.has(id) ? [[id, column]] : [])))
  const rowOf = new Map(withVector.map(({ segment }, row) => [segment, rows[row]]))
  return (segment, category) => rowOf.get(segment)?.[columns.get(category) ?? -1] ?? 0
}
