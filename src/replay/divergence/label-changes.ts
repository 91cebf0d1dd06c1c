import { foldName } from '../../content/text/fold-name.ts'
import { ATTRIBUTE_NAMES, type Understanding } from '../../content/understanding-schema.ts'
import type { OutcomeLabel, ReplayReport } from '../replay-report.ts'

/** Which labels today's understanding has and the recorded one had not, and the other way round. */
export function labelChanges(was: Understanding, is: Understanding): NonNullable<ReplayReport['labels']> {
  const [before, now] = [labelsOf(was), labelsOf(is)]
  return {
    gained: [...now].flatMap(([key, label]) => (before.has(key) ? [] : [label])),
    lost: [...before].flatMap(([key, label]) => (now.has(key) ? [] : [label])),
  }
}

/** A label is the same one where it says the same: the taxonomy's node, the name, the risk, the value, the words. */
function labelsOf(document: Understanding): Map<string, OutcomeLabel> {
  const { topics, entities, suitability, chapters, attributes, summary } = document
  const labels: OutcomeLabel[] = [
    ...topics.map(({ taxonomy, id, name }) => ({ facet: 'topics', taxonomy, id, name })),
    ...suitability.map(({ category, name, risk }) => ({
      facet: 'suitability',
      taxonomy: 'garm',
      id: `${category}/${risk}`,
      name: `${name}: ${risk}`,
    })),
    ...entities.map(({ type, name }) => ({ facet: 'entities', taxonomy: null, id: `${type}/${foldName(name)}`, name })),
    ...chapters.map(({ title, firstSegment }) => ({
      facet: 'chapters',
      taxonomy: null,
      id: `${firstSegment ?? ''}/${foldName(title)}`,
      name: title,
    })),
    ...ATTRIBUTE_NAMES.flatMap((name) => {
      const value = attributes[name]?.value
      return value === undefined
        ? []
        : [{ facet: 'attributes', taxonomy: null, id: `${name}/${value}`, name: `${name}: ${value}` }]
    }),
    ...(summary?.claims ?? []).map(({ text }) => ({
      facet: 'summary',
      taxonomy: null,
      id: foldName(text),
      name: text,
    })),
  ]
  return new Map(labels.map((label) => [`${label.facet} ${label.taxonomy ?? ''} ${label.id}`, label]))
}
