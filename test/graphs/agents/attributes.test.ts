import { describe, expect, it } from 'vitest'
import { attributes } from '../../../graphs/agents/attributes.ts'
import { agentView } from '../../support/agent-view.ts'
import { readingOf } from '../../support/reading-of.ts'

const candidate = { name: 'tone' as const, value: 'light', score: 0.7, because: 'jokes', evidence: [] }
const said = (value: string, ...segments: number[]) => ({ value, evidence: segments.map((segment) => ({ segment })) })

async function conclude(answer: Record<string, unknown>) {
  const view = agentView(readingOf(['Bees dance.', 'Hives hum.']), { attributeCandidates: async () => [candidate] })
  const checked = (await attributes.prepare(view)).check(answer)
  return checked.ok ? checked.value.labels : checked
}

describe('the attributes that a model makes', () => {
  it('score what was measured for the same value, or little if nothing was', async () => {
    expect(await conclude({ tone: said('light', 0, 0) })).toMatchObject([
      { key: 'tone', name: 'tone', value: 'light', score: 0.7, origin: 'model', refs: [{ segment: 0 }] },
    ])
    expect(await conclude({ tone: said('sombre', 0) })).toMatchObject([{ value: 'sombre', score: 0.3 }])
  })

  it('come in the order of their names, and those that the model leaves out are left out', async () => {
    const labels = await conclude({ tone: said('light', 0), format: said('lecture', 1) })
    expect(labels).toMatchObject([{ key: 'format' }, { key: 'tone' }])
    expect(await conclude({})).toEqual([])
  })

  it('are none if one points at no segment: the model is told which', async () => {
    expect(await conclude({ tone: said('light', 0), explicit: said('clean', 5) })).toEqual({
      ok: false,
      problem: '/explicit/evidence/0/segment: there is no segment 5; they go from 0 to 1.',
    })
  })
})
