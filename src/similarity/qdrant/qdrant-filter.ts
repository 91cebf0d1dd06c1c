import type { Schemas } from '@qdrant/js-client-rest'
import { languageRange } from '../language-ranges.ts'
import type { Places } from '../similarity-index.ts'

type Filter = Schemas['Filter']
type Condition = Schemas['FieldCondition']

/** The indexes that the filters below need. An unindexed filter takes 76 ms instead of 3-4 ms at 20,000 points. */
export const PAYLOAD_INDEXES = {
  tenant: { type: 'keyword', is_tenant: true },
  item: { type: 'keyword' },
  level: { type: 'keyword' },
  kind: { type: 'keyword' },
  // Stored in addition to the tag, which is for display: the server compares only whole keywords.
  language_ranges: { type: 'keyword' },
  topics: { type: 'keyword' },
  words: { type: 'keyword' },
} as const satisfies Record<string, Schemas['PayloadFieldSchema']>
type Field = keyof typeof PAYLOAD_INDEXES

/** Selects one tenant's points of one level that pass the filter. */
export function searchFilter(tenant: string, { level, filter = {} }: Pick<Places, 'level' | 'filter'>): Filter {
  const must = [
    equals('tenant', tenant),
    equals('level', level),
    ...anyOf('kind', filter.kinds),
    ...anyOf('language_ranges', filter.languages?.map(languageRange)),
    ...anyOf('topics', filter.topics),
    ...anyOf('words', filter.words),
  ]
  const excluded = anyOf('item', filter.excludeItems)
  return excluded.length === 0 ? { must } : { must, must_not: excluded }
}

/**
 * Selects all points of one tenant's item, apart from `except`. A delete with an empty filter (also `must: []`, or a condition
 * without a value) deletes the whole collection and reports `completed`. So both values are checked here.
 */
export function itemFilter(tenant: string, itemId: string, except: readonly string[] = []): Filter {
  const must = [equals('tenant', tenant), equals('item', itemId)]
  return except.length === 0 ? { must } : { must, must_not: [{ has_id: [...except] }] }
}

function equals(key: Field, value: string): Condition {
  if (typeof value !== 'string' || value === '') throw new TypeError(`a filter on ${key} needs a value`)
  return { key, match: { value } }
}

/** No condition for an empty list: `any: []` would match nothing. */
function anyOf(key: Field, values: readonly string[] | undefined): Condition[] {
  return values === undefined || values.length === 0 ? [] : [{ key, match: { any: [...values] } }]
}
