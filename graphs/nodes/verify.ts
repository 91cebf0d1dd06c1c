import type { EvidenceRef } from '../../src/content/answers.ts'
import type { Labels } from '../labels/drafts.ts'
import { labelText } from '../labels/label-text.ts'
import { type Places, placesOf, refKey, resolveEvidence } from '../labels/resolve-evidence.ts'
import type { Assembled, Verification } from '../state.ts'
import type { NodeFunction } from '../step.ts'

/**
 * Looks up every quote in its text, without a model. `verbatim` stays, `drift` is replaced by the true words, anything else
 * is fabricated: it goes, and so does a label that has no other evidence.
 */
export const verify: NodeFunction = (state, run) => {
  const places = { ...placesOf(state, run), drifted: new Set<string>() }
  const verification: Verification = {
    findings: [],
    counts: { verbatim: 0, drift: 0, fabricated: 0 },
    drifted: [],
  }
  const assembled: Assembled = {}
  for (const [agent, labels] of Object.entries(state.assembled ?? {}))
    assembled[agent] = verified(agent, labels, places, verification)
  // Each answer counts once: in the round in which it was given.
  const fresh = ({ agent }: { agent: string }) =>
    state.round === 0 || (state.judgement?.revise.some((name) => name === agent) ?? false)
  verification.counts.fabricated =
    (state.verification?.counts.fabricated ?? 0) + verification.findings.filter(fresh).length
  return { assembled, verification }
}

function verified(agent: string, labels: Labels, places: Places, verification: Verification): Labels {
  const keep = <L extends { refs: EvidenceRef[]; origin?: string }>(
    facet: Labels['facet'],
    all: readonly L[],
    text: (label: L) => string,
  ): L[] =>
    all.flatMap((label) => {
      const refs = label.refs.flatMap((ref) => check(ref, text(label), { agent, facet, places, verification }))
      // The publisher's and people's labels need no words; a model's without any is not supported.
      return refs.length > 0 || (label.origin !== undefined && label.origin !== 'model') ? [{ ...label, refs }] : []
    })
  switch (labels.facet) {
    case 'topics':
      return { facet: labels.facet, labels: keep(labels.facet, labels.labels, labelText.topics) }
    case 'entities':
      return { facet: labels.facet, labels: keep(labels.facet, labels.labels, labelText.entities) }
    case 'suitability':
      return { facet: labels.facet, labels: keep(labels.facet, labels.labels, labelText.suitability) }
    case 'attributes':
      return { facet: labels.facet, labels: keep(labels.facet, labels.labels, labelText.attributes) }
    case 'summary':
      return { facet: labels.facet, labels: keep(labels.facet, labels.labels, labelText.summary) }
    case 'chapters':
    case 'extra':
      return labels
  }
}

interface Check {
  agent: string
  facet: Labels['facet']
  places: Places
  verification: Verification
}

function check(ref: EvidenceRef, about: string, { agent, facet, places, verification }: Check): EvidenceRef[] {
  const evidence = resolveEvidence(ref, about, places)
  if (evidence === null) {
    const where = ref.source === 'transcript' ? `segment ${ref.segment}` : `the ${ref.source}`
    verification.findings.push({
      by: 'verify',
      agent,
      pointer: `/${facet}`,
      severity: 'revise',
      message: `The quote for "${about.slice(0, 120)}" does not stand in ${where}: "${(ref.quote ?? '').slice(0, 160)}".`,
    })
    return []
  }
  verification.counts[evidence.match]++
  const found = { source: evidence.source, segment: evidence.segment, quote: evidence.quote }
  if (evidence.match === 'drift') verification.drifted.push(refKey(found))
  return [found]
}
