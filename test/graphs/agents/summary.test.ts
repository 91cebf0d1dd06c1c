import { describe, expect, it } from 'vitest'
import { summary } from '../../../graphs/agents/summary.ts'
import { claimKey } from '../../../src/content/labels/claim-label.ts'
import { agentView } from '../../support/agent-view.ts'
import { readingOf } from '../../support/reading-of.ts'

const claim = (text: string, short: boolean, ...segments: number[]) => ({
  text,
  short,
  evidence: segments.map((segment) => ({ segment })),
})

async function conclude(...claims: ReturnType<typeof claim>[]) {
  const { check } = await summary.prepare(agentView(readingOf(['Bees dance.', 'Hives hum.'])))
  const checked = check({ claims })
  return checked.ok ? checked.value.labels : checked
}

describe('the claims that a summary makes', () => {
  it('stay in the order of the answer, and their keys are those of their texts', async () => {
    expect(await conclude(claim('Hives hum.', false, 1, 1), claim('Bees dance.', true, 0))).toMatchObject([
      { key: claimKey({ text: 'Hives hum.' }), short: false, refs: [{ segment: 1 }] },
      { key: claimKey({ text: 'Bees dance.' }), short: true, refs: [{ segment: 0 }] },
    ])
  })

  it('have the first one as the short summary if the answer marks none', async () => {
    expect(await conclude(claim('Hives hum.', false, 1), claim('Bees dance.', false, 0))).toMatchObject([
      { short: true },
      { short: false },
    ])
  })

  it('are none if one points at no segment: the model is told which', async () => {
    expect(await conclude(claim('Hives hum.', true, 1), claim('Bees dance.', true, 7))).toEqual({
      ok: false,
      problem: '/claims/1/evidence/0/segment: there is no segment 7; they go from 0 to 1.',
    })
  })
})
