import type { DraftLabel } from '../../src/content/labels/label-type.ts'
import { type FacetLabels, labelType } from '../../src/content/labels/label-types.ts'
import type { Finding } from '../../src/content/understanding-schema.ts'
import type { Assembled } from '../state.ts'

/** A label that a person has to decide about, with the findings against it. */
export interface Withheld {
  facet: string
  label: DraftLabel
  findings: Finding[]
}

/**
 * Acts on the critic's findings of the last round, as the label's type says. A suitability label with an objection is withheld for a
 * person. A claim with an objection is removed. Other labels are removed (`drop`) or kept as contested. The labels of people and
 * publishers stay.
 */
export function settle(
  assembled: Assembled,
  findings: readonly Finding[],
): { settled: Assembled; withheld: Withheld[] } {
  const withheld: Withheld[] = []
  const objections = findings.filter(({ by, severity }) => by === 'critique' && severity !== 'info')

  const settled = Object.entries(assembled).map(([agent, { facet, labels }]): [string, FacetLabels] => {
    const { objected } = labelType(facet)
    const remaining = labels.flatMap((label): DraftLabel[] => {
      const found = objections.filter((finding) => finding.agent === agent && finding.key === label.key)
      if (found.length === 0 || (label.origin ?? 'model') !== 'model') return [label]
      switch (objected) {
        case 'contest':
          return found.some(({ severity }) => severity === 'drop') ? [] : [{ ...label, contested: true }]
        case 'omit':
          return []
        case 'review':
          withheld.push({ facet, label, findings: found })
          return []
        case 'not-asked':
          return [label]
      }
    })
    return [agent, { facet, labels: remaining }]
  })
  return { settled: Object.fromEntries(settled), withheld }
}
