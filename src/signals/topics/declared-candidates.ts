import type { Taxonomy } from '../../taxonomy/taxonomy.ts'
import type { TopicCandidate } from '../candidates.ts'

/**
 * The candidates, with a mark on those that the publisher's categories name. A named node that was not found by measuring is added at the
 * end without evidence, as a hint where to look.
 */
export function withDeclared(
  candidates: readonly TopicCandidate[],
  declared: readonly string[],
  taxonomy: Pick<Taxonomy, 'id' | 'get'>,
): TopicCandidate[] {
  const isIt = (id: string) => (one: TopicCandidate) => one.taxonomy === taxonomy.id && one.id === id
  const marked = candidates.map((one) => (declared.some((id) => isIt(id)(one)) ? { ...one, declared: true } : one))
  const added = declared.flatMap((id): TopicCandidate[] => {
    const node = taxonomy.get(id)
    if (node === undefined || candidates.some(isIt(id))) return []
    const measured = { score: 0, margin: -(candidates[0]?.score ?? 0), coverage: 0, evidence: [] }
    return [{ taxonomy: taxonomy.id, id, name: node.name, path: node.path, ...measured, declared: true }]
  })
  return [...marked, ...added]
}
