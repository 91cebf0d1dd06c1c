import { expect, it } from 'vitest'
import type { TopicCandidate } from '../../../src/signals/candidates.ts'
import { withDeclared } from '../../../src/signals/topics/declared-candidates.ts'
import { IAB_CONTENT, loadTaxonomies } from '../../../src/taxonomy/taxonomy.ts'

const iab = loadTaxonomies().get(IAB_CONTENT)
const near = (id: string, score: number): TopicCandidate => {
  const { name = '', path = [] } = iab.get(id) ?? {}
  const evidence = [{ source: 'title' as const, segment: null }]
  return { taxonomy: IAB_CONTENT, id, name, path, score, margin: 0.1, coverage: 0.4, evidence }
}
const BEEKEEPING = near('258', 0.7)
const SCIENCE = near('464', 0.4)

it('marks the candidates that are declared and leaves everything else as it was measured', () => {
  expect(withDeclared([BEEKEEPING, SCIENCE], ['464'], iab)).toEqual([BEEKEEPING, { ...SCIENCE, declared: true }])
  expect(withDeclared([BEEKEEPING, SCIENCE], [], iab)).toEqual([BEEKEEPING, SCIENCE])
})

it('adds a declared topic that was not found by measuring, with id and name and without evidence', () => {
  const [first, added, ...rest] = withDeclared([BEEKEEPING], ['483', 'no such id'], iab)
  expect([first, rest]).toEqual([BEEKEEPING, []])
  expect(added).toEqual({
    taxonomy: IAB_CONTENT,
    id: '483',
    name: 'Sports',
    path: ['Sports'],
    score: 0,
    margin: -0.7,
    coverage: 0,
    evidence: [],
    declared: true,
  })
})
