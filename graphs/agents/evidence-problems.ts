import type { EvidenceRef } from '../../src/content/evidence/evidence-ref.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'

/** The faults in evidence references, in words for the model: segments that do not exist, and places without a quote. */
export function evidenceProblems(
  refs: readonly EvidenceRef[],
  where: string,
  { segments, title, description }: Reading,
): string[] {
  return refs.flatMap((ref, n) => {
    const at = `${where}/evidence/${n}`
    if (ref.source === 'transcript') {
      if (segments.length === 0)
        return [`${at}: there is no transcript; point at the title or the description with a quote.`]
      if (ref.segment === null) return [`${at}/segment: give the number of the segment.`]
      if (ref.segment >= segments.length)
        return [`${at}/segment: there is no segment ${ref.segment}; they go from 0 to ${segments.length - 1}.`]
      return []
    }
    const text = ref.source === 'title' ? title : description
    if (text === '') return [`${at}: the item has no ${ref.source}.`]
    return []
  })
}

/** A place that is named twice counts once. */
export function distinctRefs(refs: readonly EvidenceRef[]): EvidenceRef[] {
  const seen = new Set<string>()
  return refs.filter(({ source, segment, quote }) => {
    const key = `${source}\n${segment}\n${quote ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}

/** 0..1, 3 decimals. */
export function score(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000
}
