import type { z } from 'zod'
import type { Decision } from '../../src/database/records.ts'
import type { Assembled } from '../state.ts'
import {
  DraftAttribute,
  DraftChapter,
  DraftClaim,
  DraftEntity,
  DraftSuitability,
  DraftTopic,
  type Labels,
} from './drafts.ts'

/**
 * Overlays people's decisions, found by the label's key and never by position: `reject` takes a label out, `approve` and
 * `amend` put the person's label in its place, or add it where no agent proposed it this time.
 */
export function applyDecisions(assembled: Assembled, decisions: readonly Decision[]): Assembled {
  return Object.fromEntries(
    Object.entries(assembled).map(([agent, labels]) => [
      agent,
      overlay(
        labels,
        decisions.filter(({ facet }) => facet === labels.facet),
      ),
    ]),
  )
}

function overlay(labels: Labels, decisions: readonly Decision[]): Labels {
  switch (labels.facet) {
    case 'topics':
      return { facet: labels.facet, labels: decide(labels.labels, decisions, DraftTopic, person) }
    case 'entities':
      return { facet: labels.facet, labels: decide(labels.labels, decisions, DraftEntity, person) }
    case 'suitability':
      return { facet: labels.facet, labels: decide(labels.labels, decisions, DraftSuitability, person) }
    case 'attributes':
      return { facet: labels.facet, labels: decide(labels.labels, decisions, DraftAttribute, person) }
    case 'chapters':
      return {
        facet: labels.facet,
        labels: decide(labels.labels, decisions, DraftChapter, (label) => ({ ...label, origin: 'person' as const })),
      }
    case 'summary':
      return { facet: labels.facet, labels: decide(labels.labels, decisions, DraftClaim, (label) => label) }
    case 'extra':
      return labels
  }
}

const person = <L extends { origin: string; contested: boolean }>(label: L) => ({
  ...label,
  origin: 'person' as const,
  contested: false,
})

function decide<L extends { key: string }>(
  labels: readonly L[],
  decisions: readonly Decision[],
  schema: z.ZodType<L>,
  confirm: (label: L) => L,
): L[] {
  const byKey = new Map(decisions.map((decision) => [decision.key, decision]))
  const kept = labels.flatMap((label) => {
    const decision = byKey.get(label.key)
    byKey.delete(label.key)
    if (decision === undefined) return [label]
    switch (decision.action) {
      case 'reject':
        return []
      // What was approved is the label that the person saw, not whatever bears its key today.
      case 'approve':
      case 'amend':
        return [confirm(schema.safeParse(decision.value).data ?? label)]
    }
  })
  const added = [...byKey.values()].flatMap(({ action, value }) => {
    const label = action === 'reject' ? undefined : schema.safeParse(value).data
    return label === undefined ? [] : [confirm(label)]
  })
  return [...kept, ...added]
}
