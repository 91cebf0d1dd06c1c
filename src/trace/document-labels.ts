import { foldName } from '../content/text/fold-name.ts'
import { ATTRIBUTE_NAMES, type Chapter, type Facet, type Understanding } from '../content/understanding-schema.ts'

/** One label of a published document. */
export interface DocumentLabel {
  facet: Facet
  /** JSON pointer into the document: `/topics/0`, `/summary/claims/2`, `/attributes/format`. */
  pointer: string
  /** What makes it the same label in another version, whatever is said of it there. */
  key: string
  /** What it says, for people. */
  name: string
  value: unknown
}

/** All labels of a document, in its own order. */
export function documentLabels(document: Understanding): DocumentLabel[] {
  const { topics, entities, chapters, suitability, attributes, summary } = document
  return [
    ...topics.map((value, n) => label('topics', n, `${value.taxonomy}/${value.id}`, value.path.join(' > '), value)),
    ...entities.map((value, n) => label('entities', n, `${value.type}/${foldName(value.name)}`, value.name, value)),
    ...chapters.map((value, n) => label('chapters', n, chapterKey(value), value.title, value)),
    ...suitability.map((value, n) => label('suitability', n, value.category, `${value.name}: ${value.risk}`, value)),
    ...(summary?.claims ?? []).map((value, n) => label('summary', n, foldName(value.text), value.text, value)),
    ...ATTRIBUTE_NAMES.flatMap((name) => {
      const value = attributes[name]
      return value === undefined ? [] : [label('attributes', name, name, `${name}: ${value.value}`, value)]
    }),
  ]
}

function label(facet: Facet, at: number | string, key: string, name: string, value: unknown): DocumentLabel {
  return { facet, pointer: `${facet === 'summary' ? '/summary/claims' : `/${facet}`}/${at}`, key, name, value }
}

/** A chapter is the same one where it begins at the same place, whatever it is called. */
function chapterKey({ firstSegment, startMs, title }: Chapter): string {
  if (firstSegment !== null) return `segment ${firstSegment}`
  return startMs === null ? foldName(title) : `${startMs} ms`
}
