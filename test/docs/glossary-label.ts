import { z } from 'zod'
import { extraLabel } from '../../src/content/labels/extra-label.ts'
import { foldName } from '../../src/content/text/fold-name.ts'

/** The same term is the same label, however it is written. */
export const termKey = ({ term }: { term: string }): string => foldName(term)

/** A term that a speaker explains. */
export const glossaryLabel = extraLabel({
  facet: 'glossary',
  title: 'Glossary',
  fields: z.object({ term: z.string() }),
  key: termKey,
  name: ({ term }) => term,
})
