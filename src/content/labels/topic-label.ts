import { z } from 'zod'
import { findEntry, judged, judgedDraft, type LabelType, withEvidence } from './label-type.ts'

/** The taxonomy of an answer that names none. */
const TAXONOMY = 'iab-content-3.1'
/** The critic looks at a topic whose score is below this. */
const LOW_SCORE = 0.45

const topicFields = { taxonomy: z.string(), id: z.string(), name: z.string(), path: z.array(z.string()) }

/** A subject of an item: a node of a taxonomy. */
export const Topic = z.strictObject({ ...topicFields, ...judged }).meta({ id: 'Topic' })
export type Topic = z.infer<typeof Topic>
export const DraftTopic = z.strictObject({ ...topicFields, ...judgedDraft })
export type DraftTopic = z.infer<typeof DraftTopic>

type TopicFields = Pick<DraftTopic, 'key' | keyof typeof topicFields>

const Named = z.object({ taxonomy: z.string().default(TAXONOMY), id: z.string() })

export const topicKey = ({ taxonomy, id }: Pick<Topic, 'taxonomy' | 'id'>): string => `${taxonomy}/${id}`

const path = ({ path }: TopicFields): string => path.join(' > ')

export const topicLabel: LabelType<TopicFields, DraftTopic, { topics: Topic[] }> = {
  facet: 'topics',
  title: 'Topics',
  draft: DraftTopic,
  objected: 'contest',
  pointer: (_, index) => `/topics/${index}`,
  words: ({ path }) => path.slice(-2).join(' '),
  name: path,
  shown: ({ taxonomy, id, name, path }) => ({
    name,
    detail: `${path.slice(0, -1).join(' › ')}${path.length > 1 ? ' · ' : ''}${taxonomy} ${id}`,
    spokenAs: [],
  }),
  claim: path,
  isDoubtful: ({ score }) => score < LOW_SCORE,
  row: ({ key, taxonomy, id, name, score, origin }) => ({
    facet: 'topics',
    key,
    taxonomy,
    labelId: id,
    name,
    score,
    origin,
  }),
  publish: (labels, evidenceOf) => ({
    topics: labels.map((label) => withEvidence(label, topicLabel.words(label), evidenceOf)),
  }),
  published: ({ topics }) => topics.map((value, n) => ({ pointer: `/topics/${n}`, fields: value, value })),
  inAnswer: (answer, label) => findEntry(answer, 'topics', (entry) => topicLabel.isOffered(entry, label)),
  isOffered(candidate, { key }) {
    const named = Named.safeParse(candidate).data
    return named !== undefined && topicKey(named) === key
  },
}
