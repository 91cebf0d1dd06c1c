import { describe, expect, it } from 'vitest'
import { suitability } from '../../../graphs/agents/suitability.ts'
import { riskOf } from '../../../src/taxonomy/suitability-risk.ts'
import { agentView } from '../../support/agent-view.ts'
import { readingOf } from '../../support/reading-of.ts'

const reading = readingOf(['A riot broke out.', 'Shots were heard.', 'It was over.', 'All slept.'])
const CRIME = 'crime-harmful-acts'
const ARMS = 'arms-ammunition'
const judged = { prevalence: 'recurring' as const, treatment: 'glamorising' as const }
const category = (name: string, ...segments: number[]) => ({
  category: name,
  ...judged,
  evidence: segments.map((segment) => ({ segment })),
})
const candidate = (name: string, score: number) => ({
  category: name,
  name,
  score,
  prevalence: 'passing' as const,
  treatment: 'news' as const,
  evidence: [],
})

async function conclude(answer: unknown[], ...candidates: ReturnType<typeof candidate>[]) {
  const { check } = await suitability.prepare(agentView(reading, { suitabilityCandidates: async () => candidates }))
  const checked = check({ categories: answer })
  return checked.ok ? checked.value.labels : checked
}

describe('the labels that suitability makes', () => {
  it("have the model's judgement of the manner, and the risk that code computes from it", async () => {
    expect(await conclude([category(CRIME, 0)], candidate(CRIME, 0.4))).toMatchObject([
      {
        key: CRIME,
        category: CRIME,
        name: expect.stringMatching(/^Crime/),
        ...judged,
        risk: riskOf({ category: CRIME, ...judged }),
        origin: 'model',
        contested: false,
        refs: [{ source: 'transcript', segment: 0 }],
      },
    ])
    expect(await conclude([{ ...category(CRIME, 0), risk: 'low' }])).toMatchObject({ ok: false })
  })

  it('score what was measured, or little if nothing was, and a little more for each of three places', async () => {
    const scores = async (segments: number[], ...found: ReturnType<typeof candidate>[]) =>
      conclude([category(CRIME, ...segments)], ...found)
    expect(await scores([0], candidate(CRIME, 0.6))).toMatchObject([{ score: 0.56 }])
    expect(await scores([0, 1, 2], candidate(CRIME, 0.6))).toMatchObject([{ score: 0.66 }])
    expect(await scores([0, 1, 2, 3], candidate(CRIME, 0.6))).toMatchObject([{ score: 0.66 }])
    expect(await scores([0, 0], candidate(CRIME, 0.6))).toMatchObject([{ score: 0.56 }])
    expect(await scores([0], candidate(CRIME, 0))).toMatchObject([{ score: 0.05 }])
    expect(await scores([0], candidate(ARMS, 0.6))).toMatchObject([{ score: 0.22 }])
  })

  it('are each made once, the best first, and equals by their keys', async () => {
    const answer = [category(CRIME, 0), category(ARMS, 0), category('terrorism', 0), category(CRIME, 1)]
    expect(await conclude(answer, candidate('terrorism', 0.9))).toMatchObject([
      { key: 'terrorism' },
      { key: ARMS },
      { key: CRIME, refs: [{ segment: 0 }] },
    ])
  })

  it('are none if a category or a segment does not exist: the model is told which, and what there is', async () => {
    expect(await conclude([category('rudeness', 0), category(CRIME, 9)])).toMatchObject({
      ok: false,
      problem: expect.stringMatching(
        /^\/categories\/0\/category: there is no "rudeness"; there are: .*crime-harmful-acts.*\. \/categories\/1\/evidence\/0\/segment: there is no segment 9; they go from 0 to 3\.$/,
      ),
    })
  })
})
