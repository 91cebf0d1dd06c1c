import { describe, expect, it } from 'vitest'
import { chapters } from '../../../graphs/agents/chapters.ts'
import { agentView } from '../../support/agent-view.ts'
import { readingOf } from '../../support/reading-of.ts'

const timed = readingOf(['Welcome.', 'Bees dance.', 'Hives hum.'])
const openEnded = { ...timed, segments: timed.segments.map((segment) => ({ ...segment, endMs: null })) }

async function conclude(starts: number[], durationMs: number | null, reading = timed) {
  const { check } = await chapters.prepare({ ...agentView(reading), metadata: { durationMs } })
  const checked = check({ chapters: starts.map((firstSegment) => ({ title: `From ${firstSegment}`, firstSegment })) })
  return checked.ok ? checked.value.labels : checked
}

describe('the chapters that a model makes', () => {
  it('get their times and their last segments from the transcript, and are a model’s', async () => {
    expect(await conclude([2, 0], null)).toMatchObject([
      { title: 'From 0', startMs: 0, endMs: 20_000, lastSegment: 1, origin: 'model' },
      { title: 'From 2', startMs: 20_000, endMs: 30_000, lastSegment: 2, origin: 'model' },
    ])
  })

  it('end with the declared duration if the transcript does not say when its last words end', async () => {
    expect(await conclude([0], 45_000, openEnded)).toMatchObject([{ endMs: 45_000 }])
    expect(await conclude([0], null, openEnded)).toMatchObject([{ endMs: null }])
  })

  it('are none if one begins with no segment: the model is told which', async () => {
    expect(await conclude([0, 3], null)).toEqual({
      ok: false,
      problem: '/chapters/1/firstSegment: there is no segment 3; they go from 0 to 2.',
    })
  })

  it('are asked for in the number that suits the length of the item', async () => {
    const hour = readingOf(Array.from({ length: 90 }, () => 'Bees dance for flowers. '.repeat(25)))
    const { offer } = await chapters.prepare(agentView(hour))
    expect(Number(offer.task?.chapters)).toBeGreaterThan(5)
    expect((await chapters.prepare(agentView(timed))).offer.task).toEqual({ chapters: 1 })
  })
})
