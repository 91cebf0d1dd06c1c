import type { DraftAttribute, DraftClaim, DraftEntity, DraftSuitability, DraftTopic } from './drafts.ts'

/** What a label says, in words: for choosing the sentence that carries it, and for findings that people read. */
export const labelText = {
  topics: ({ path }: DraftTopic) => path.slice(-2).join(' '),
  entities: ({ name }: DraftEntity) => name,
  suitability: ({ name }: DraftSuitability) => name,
  attributes: ({ name, value }: DraftAttribute) => `${name} ${value}`,
  summary: ({ text }: DraftClaim) => text,
}
