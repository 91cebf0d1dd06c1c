import { documentLabels } from '../../content/labels/document-labels.ts'
import type { Understanding } from '../../content/understanding-schema.ts'
import type { OutcomeLabel, ReplayReport } from '../replay-report.ts'

/** The labels that only today's understanding has, and those that only the recorded one has. */
export function labelChanges(was: Understanding, is: Understanding): NonNullable<ReplayReport['labels']> {
  const [before, now] = [labelsOf(was), labelsOf(is)]
  return {
    gained: [...now].flatMap(([id, label]) => (before.has(id) ? [] : [label])),
    lost: [...before].flatMap(([id, label]) => (now.has(id) ? [] : [label])),
  }
}

/** The words of a label count too: another risk of a category or another value of an attribute is another outcome. */
function labelsOf(document: Understanding): Map<string, OutcomeLabel> {
  return new Map(
    documentLabels(document).map(({ facet, key, name }) => [JSON.stringify([facet, key, name]), { facet, key, name }]),
  )
}
