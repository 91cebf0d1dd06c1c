import type { EvidenceRef } from '../../src/content/evidence/evidence-ref.ts'
import type { DraftLabel } from '../../src/content/labels/label-type.ts'
import { type FacetLabels, labelType } from '../../src/content/labels/label-types.ts'
import { type Places, placesOf, refKey, resolveEvidence } from '../labels/resolve-evidence.ts'
import type { Assembled, Verification } from '../state.ts'
import type { NodeFunction } from '../step.ts'

/**
 * Looks up every quote in its text, without a model. A `verbatim` quote stays, a `drift` is replaced by the true words, and anything else
 * is fabricated. A fabricated quote is removed, and so is a label that has no other evidence.
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
    assembled[agent] = verifyLabels(agent, labels, places, verification)
  // Each answer is counted once: in the round in which it was given.
  const fresh = ({ agent }: { agent: string }) =>
    state.round === 0 || (state.judgement?.revise.some((name) => name === agent) ?? false)
  verification.counts.fabricated =
    (state.verification?.counts.fabricated ?? 0) + verification.findings.filter(fresh).length
  return { assembled, verification }
}

function verifyLabels(
  agent: string,
  { facet, labels }: FacetLabels,
  places: Places,
  verification: Verification,
): FacetLabels {
  const type = labelType(facet)
  const supported = labels.flatMap((label): DraftLabel[] => {
    if (label.refs === undefined) return [label]
    const about = { agent, facet, key: label.key, words: type.words(label) }
    const refs = label.refs.flatMap((ref) => check(ref, about, places, verification))
    // The labels of publishers and people need no quotes. A model's label without one is not supported.
    return refs.length > 0 || (label.origin ?? 'model') !== 'model' ? [{ ...label, refs }] : []
  })
  return { facet, labels: supported }
}

/** The label that a reference should support. */
interface Checked {
  agent: string
  facet: string
  key: string
  words: string
}

function check(
  ref: EvidenceRef,
  { agent, facet, key, words }: Checked,
  places: Places,
  verification: Verification,
): EvidenceRef[] {
  const evidence = resolveEvidence(ref, words, places)
  if (evidence === null) {
    const where = ref.source === 'transcript' ? `segment ${ref.segment}` : `the ${ref.source}`
    verification.findings.push({
      by: 'verify',
      agent,
      pointer: `/${facet}`,
      key,
      severity: 'revise',
      message: `The quote for "${words.slice(0, 120)}" does not stand in ${where}: "${(ref.quote ?? '').slice(0, 160)}".`,
    })
    return []
  }
  verification.counts[evidence.match]++
  const found = { source: evidence.source, segment: evidence.segment, quote: evidence.quote }
  if (evidence.match === 'drift') verification.drifted.push(refKey(found))
  return [found]
}
