import type { Item } from '../../content/item.ts'
import type { DocumentLabel } from '../../content/labels/document-labels.ts'
import type { Declared } from './why-answer.ts'

/** Where the publisher says what a label says: in the item, in a file of chapters, in the transcript's own headings. */
export function declaredBy({ facet, name }: Pick<DocumentLabel, 'facet' | 'name'>, item: Item | null): Declared {
  if (item === null) return { source: 'unknown', pointer: null }
  if (facet === 'attributes') return { source: 'item', pointer: '/explicit' }
  if (item.chapters.length > 0) {
    const at = item.chapters.findIndex(({ title }) => title === name)
    return { source: 'item', pointer: at < 0 ? '/chapters' : `/chapters/${at}` }
  }
  return { source: item.chaptersUrl === undefined ? 'headings' : 'chapters-file', pointer: null }
}
