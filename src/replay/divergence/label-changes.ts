import { documentLabels } from '../../content/labels/document-labels.ts'
import type { Understanding } from '../../content/understanding-schema.ts'
import type { OutcomeLabel, ReplayReport } from '../replay-report.ts'

/** Which labels today's understanding has and the recorded one had not, and the other way round. */
export function labelChanges(was: Understanding, is: Understanding): NonNullable<ReplayReport['labels']> {
  const [before, now] = [labelsOf(was), labelsOf(is)]
  return {
    gained: [...now].flatMap(([id, label]) => (before.has(id) ? [] : [label])),
    lost: [...before].flatMap(([id, label]) => (now.has(id) ? [] : [label])),
  }
}

/** A label whose words are others is another outcome: the risk of a category, the value of an attribute. */
function labelsOf(document: Understanding): Map<string, OutcomeLabel> {
  return new Map(
    documentLabels(document).map(({ facet, key, name }) => [JSON.stringify([facet, key, name]), { facet, key, name }]),
  )
}
