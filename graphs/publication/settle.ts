import type { Finding } from '../../src/content/understanding-schema.ts'
import type { DraftSuitability, Labels } from '../labels/drafts.ts'
import { pointerOf } from '../labels/reviewed-claims.ts'
import type { Assembled } from '../state.ts'

/** A label that a person has to decide about, with what was found against it. */
export interface Withheld {
  label: DraftSuitability
  findings: Finding[]
}

interface Judged {
  origin?: string
  name?: string
}

/**
 * Acts on what the critic has found in the last round. Suitability that is objected to is withheld for a person; other
 * labels are dropped (`drop`) or kept as contested; a claim that is objected to goes. People's and publishers' labels stand.
 */
export function settle(
  assembled: Assembled,
  findings: readonly Finding[],
): { settled: Assembled; withheld: Withheld[] } {
  const withheld: Withheld[] = []
  const objections = findings.filter(({ by, severity }) => by === 'critique' && severity !== 'info')
  const against = (facet: Labels['facet'], index: number, label: Judged) =>
    label.origin !== undefined && label.origin !== 'model'
      ? []
      : objections.filter(({ pointer }) => pointer === pointerOf(facet, index, label.name))

  const contest = <L extends Judged & { contested: boolean }>(facet: Labels['facet'], labels: readonly L[]): L[] =>
    labels.flatMap((label, n) => {
      const found = against(facet, n, label)
      if (found.some(({ severity }) => severity === 'drop')) return []
      return [found.length > 0 ? { ...label, contested: true } : label]
    })

  const settleLabels = (labels: Labels): Labels => {
    switch (labels.facet) {
      case 'topics':
        return { facet: labels.facet, labels: contest(labels.facet, labels.labels) }
      case 'entities':
        return { facet: labels.facet, labels: contest(labels.facet, labels.labels) }
      case 'attributes':
        return { facet: labels.facet, labels: contest(labels.facet, labels.labels) }
      case 'summary':
        return {
          facet: labels.facet,
          labels: labels.labels.filter((_, n) => against(labels.facet, n, {}).length === 0),
        }
      case 'suitability':
        return {
          facet: labels.facet,
          labels: labels.labels.filter((label, n) => {
            const found = against(labels.facet, n, label)
            if (found.length > 0) withheld.push({ label, findings: found })
            return found.length === 0
          }),
        }
      case 'chapters':
      case 'extra':
        return labels
    }
  }
  return {
    settled: Object.fromEntries(Object.entries(assembled).map(([agent, labels]) => [agent, settleLabels(labels)])),
    withheld,
  }
}
