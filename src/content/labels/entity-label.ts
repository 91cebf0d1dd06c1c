import { z } from 'zod'
import { foldName } from '../text/fold-name.ts'
import { findEntry, judged, judgedDraft, type LabelType, withEvidence } from './label-type.ts'

export const EntityType = z.enum(['person', 'organisation', 'place', 'work', 'product', 'event', 'other'])
export type EntityType = z.infer<typeof EntityType>

const entityFields = {
  name: z.string(),
  type: EntityType,
  aliases: z.array(z.string()),
  salience: z.number().min(0).max(1),
  mentions: z.int().min(0),
}

/** A person or thing that the item names. `mentions` counts the places that have the name or an alias. */
export const Entity = z.strictObject({ ...entityFields, sameAs: z.array(z.string()), ...judged }).meta({ id: 'Entity' })
export type Entity = z.infer<typeof Entity>
export const DraftEntity = z.strictObject({ ...entityFields, ...judgedDraft })
export type DraftEntity = z.infer<typeof DraftEntity>

type EntityFields = Pick<DraftEntity, 'key' | keyof typeof entityFields>

const Named = z.object({ name: z.string(), type: z.string() })

export const entityKey = ({ type, name }: z.infer<typeof Named>): string => `${type}/${foldName(name)}`

export const entityLabel: LabelType<EntityFields, DraftEntity, { entities: Entity[] }> = {
  facet: 'entities',
  title: 'People, places, things',
  draft: DraftEntity,
  objected: 'contest',
  pointer: (_, index) => `/entities/${index}`,
  words: ({ name }) => name,
  name: ({ name }) => name,
  shown({ name, type, aliases, mentions }) {
    const also = aliases.length > 0 ? ` · also ${aliases.join(', ')}` : ''
    return {
      name,
      detail: `${type} · ${mentions} ${mentions === 1 ? 'mention' : 'mentions'}${also}`,
      spokenAs: [name, ...aliases],
    }
  },
  claim: ({ name, type }) => `${name} (${type})`,
  isDoubtful: () => false,
  row: ({ key, type, name, score, origin }) => ({
    facet: 'entities',
    key,
    taxonomy: null,
    labelId: type,
    name,
    score,
    origin,
  }),
  publish: (labels, evidenceOf) => ({
    entities: labels.map((label) => ({ ...withEvidence(label, label.name, evidenceOf), sameAs: [] })),
  }),
  published: ({ entities }) => entities.map((value, n) => ({ pointer: `/entities/${n}`, fields: value, value })),
  inAnswer: (answer, label) => findEntry(answer, 'entities', (entry) => entityLabel.isOffered(entry, label)),
  isOffered(candidate, { key }) {
    const named = Named.safeParse(candidate).data
    return named !== undefined && entityKey(named) === key
  },
}
