import { z } from 'zod'
import { Attributes } from './attribute-label.ts'
import { Chapter } from './chapter-label.ts'
import { Summary } from './claim-label.ts'
import { Entity } from './entity-label.ts'
import { Suitability } from './suitability-label.ts'
import { Topic } from './topic-label.ts'

/** The parts of a document that hold labels. `extra` holds the facets of agents that a user added. */
export const Contents = z.strictObject({
  summary: Summary.nullable(),
  topics: z.array(Topic),
  entities: z.array(Entity),
  chapters: z.array(Chapter),
  suitability: z.array(Suitability),
  attributes: Attributes,
  extra: z.record(z.string(), z.json()),
})
export type Contents = z.infer<typeof Contents>

/** The contents of a document for which no agent found anything. */
export const EMPTY: Contents = {
  summary: null,
  topics: [],
  entities: [],
  chapters: [],
  suitability: [],
  attributes: {},
  extra: {},
}
