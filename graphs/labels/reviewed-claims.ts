import type { EvidenceRef } from '../../src/content/answers.ts'
import type { ReviewedClaim } from '../../src/models/extractive/agent-task.ts'
import type { Assembled } from '../state.ts'
import type { Labels } from './drafts.ts'
import { type Places, resolveEvidence } from './resolve-evidence.ts'

/** Pointers of an assembled version: `/topics/0`, `/summary/claims/2`, `/attributes/format`. */
export function pointerOf(facet: Labels['facet'], index: number, name: string | undefined): string {
  switch (facet) {
    case 'summary':
      return `/summary/claims/${index}`
    case 'attributes':
      return `/attributes/${name ?? index}`
    default:
      return `/${facet}/${index}`
  }
}

/** Pointer -> key of every label that can be pointed at. */
export function keysOf(assembled: Assembled): Map<string, string> {
  return new Map(
    Object.values(assembled).flatMap((labels) =>
      labels.facet === 'extra'
        ? []
        : labels.labels.map((label, n): [string, string] => [
            pointerOf(labels.facet, n, 'name' in label ? label.name : undefined),
            label.key,
          ]),
    ),
  )
}

/**
 * The models' labels as the critic sees them. Chapters have no evidence and stand by themselves; what people and publishers
 * say is not the critic's to judge.
 */
export function reviewedClaims(assembled: Assembled, places: Places): ReviewedClaim[] {
  const quotes = (refs: readonly EvidenceRef[], about: string) =>
    refs.flatMap((ref) => {
      const evidence = resolveEvidence(ref, about, places)
      return evidence === null ? [] : [{ quote: evidence.quote, match: evidence.match, segment: evidence.segment }]
    })
  return Object.entries(assembled).flatMap(([agent, labels]): ReviewedClaim[] => {
    switch (labels.facet) {
      case 'topics':
        return labels.labels.flatMap(({ name, path, score, refs, origin }, n) =>
          origin !== 'model'
            ? []
            : [
                {
                  pointer: pointerOf('topics', n, undefined),
                  agent,
                  label: path.join(' > '),
                  score,
                  evidence: quotes(refs, name),
                },
              ],
        )
      case 'entities':
        return labels.labels.flatMap(({ name, type, score, refs, origin }, n) =>
          origin !== 'model'
            ? []
            : [
                {
                  pointer: pointerOf('entities', n, undefined),
                  agent,
                  label: `${name} (${type})`,
                  score,
                  evidence: quotes(refs, name),
                },
              ],
        )
      case 'suitability':
        return labels.labels.flatMap(({ name, risk, prevalence, treatment, score, refs, origin }, n) =>
          origin !== 'model'
            ? []
            : [
                {
                  pointer: pointerOf('suitability', n, undefined),
                  agent,
                  label: `${name}: ${risk} risk, ${prevalence}, ${treatment}`,
                  score,
                  evidence: quotes(refs, name),
                },
              ],
        )
      case 'summary':
        return labels.labels.map(({ text, refs }, n) => ({
          pointer: pointerOf('summary', n, undefined),
          agent,
          label: text,
          score: null,
          evidence: quotes(refs, text),
        }))
      case 'attributes':
        return labels.labels.flatMap(({ name, value, score, refs, origin }, n) =>
          origin !== 'model'
            ? []
            : [
                {
                  pointer: pointerOf('attributes', n, name),
                  agent,
                  label: `${name}: ${value}`,
                  score,
                  evidence: quotes(refs, value),
                },
              ],
        )
      case 'chapters':
      case 'extra':
        return []
    }
  })
}
