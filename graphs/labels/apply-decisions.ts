import type { DraftLabel } from '../../src/content/labels/label-type.ts'
import { type AnyLabelType, type FacetLabels, labelType } from '../../src/content/labels/label-types.ts'
import type { Decision } from '../../src/database/records.ts'
import type { Assembled } from '../state.ts'

/**
 * Applies people's decisions. Each is found by the label's key, never by its position. `reject` takes a label out. `approve` and `amend`
 * put the person's label in its place, or add it if no agent proposed it this time.
 */
export function applyDecisions(assembled: Assembled, decisions: readonly Decision[]): Assembled {
  return Object.fromEntries(
    Object.entries(assembled).map(([agent, { facet, labels }]): [string, FacetLabels] => [
      agent,
      {
        facet,
        labels: decide(
          labels,
          decisions.filter((decision) => decision.facet === facet),
          labelType(facet),
        ),
      },
    ]),
  )
}

function decide(labels: readonly DraftLabel[], decisions: readonly Decision[], type: AnyLabelType): DraftLabel[] {
  const byKey = new Map(decisions.map((decision) => [decision.key, decision]))
  const remaining = labels.flatMap((label) => {
    const decision = byKey.get(label.key)
    byKey.delete(label.key)
    if (decision === undefined) return [label]
    switch (decision.action) {
      case 'reject':
        return []
      // The person approved the label that they saw, not a later one that has the same key.
      case 'approve':
      case 'amend':
        return [withPersonAsOrigin(type.draft.safeParse(decision.value).data ?? label)]
    }
  })
  const added = [...byKey.values()].flatMap(({ action, value }) => {
    const label = action === 'reject' ? undefined : type.draft.safeParse(value).data
    return label === undefined ? [] : [withPersonAsOrigin(label)]
  })
  return [...remaining, ...added]
}

/** The label with its person as origin, if labels of its kind name one. */
function withPersonAsOrigin(label: DraftLabel): DraftLabel {
  return {
    ...label,
    ...(label.origin !== undefined && { origin: 'person' as const }),
    ...(label.contested !== undefined && { contested: false }),
  }
}
