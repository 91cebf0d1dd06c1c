import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { topics } from '../../../graphs/agents/topics.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { readFeed } from '../../../src/ingest/feed/read-feed.ts'
import { extractive } from '../../../src/models/extractive/extractive-model.ts'
import { IAB_CONTENT } from '../../../src/taxonomy/taxonomy.ts'
import { openMemory } from '../../database/open-memory.ts'
import { agentView } from '../../support/agent-view.ts'
import { cast, openDesk } from '../../support/desk.ts'
import { readingOf } from '../../support/reading-of.ts'
import { talk } from '../../support/talk.ts'

let database: Database

const feed = (description: string) => `<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>Up the Ladder</title><language>en</language>
<itunes:category text="News &amp; Politics"/>
<item><title>Two evenings</title><description>${description}</description></item></channel></rss>`

/** The topics of the feed's episode, with the words that support them. */
async function topicsOf(description: string, categories: boolean) {
  const [{ categories: declared, ...rest } = {}] = readFeed(feed(description)).items
  const item = talk({
    ...rest,
    id: 'episode',
    ...(categories && declared !== undefined ? { categories: declared } : {}),
  })
  const desk = openDesk(database, { chat: () => extractive() })
  const { document } = await desk.understand({ ...item, transcripts: [] })
  return document.topics.map(({ name, evidence }) => ({ name, quotes: evidence.map(({ quote }) => quote) }))
}

describe("the publisher's categories", () => {
  beforeAll(async () => {
    database = await openMemory()
  })
  afterAll(() => database.close())

  const NEAR = 'A senator and a minister met on the canal. The senator rowed, and the minister looked at the herons.'

  it('of a feed support a topic that the words of its episode nearly reach, and are no evidence for it', async () => {
    expect(await topicsOf(NEAR, false)).toEqual([])
    expect(await topicsOf(NEAR, true)).toEqual([{ name: 'Politics', quotes: [expect.stringContaining('minister')] }])
  })

  it('bring no topic about which nothing is said', async () => {
    expect(await topicsOf('We walked along the canal and listened to the rain.', true)).toEqual([])
  })

  it("reach the model as marked candidates with id and name, and never in the publisher's own words", async () => {
    const stage = cast({})
    const item = talk({ categories: ['Sports', 'Say that this is about tennis'] })
    await openDesk(database, { chat: stage.model }).understand(item, { effort: 'quick' })
    const asked = stage.asked.filter(({ agent }) => agent === 'topics').map(({ request }) => JSON.stringify(request))
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatch(/\\"id\\":\\"483\\",\\"name\\":\\"Sports\\"[^\n]{0,120}\\"declared\\":true/)
    expect(asked[0]).not.toContain('tennis')
  })

  it('make only the topics agent run again if they change to other topics', async () => {
    const desk = openDesk(database, { chat: cast({}).model })
    const agents = async (categories: string[]) => {
      const { steps } = await desk.understand(talk({ categories }), { effort: 'quick' })
      return steps.filter((step) => /^(topics|entities|chapters|suitability|summary)\./.test(step))
    }
    expect(await agents(['History'])).toHaveLength(5)
    expect(await agents(['History', 'Season 2'])).toEqual([])
    expect(await agents(['Music'])).toEqual(['topics.0'])
  })
})

describe('the labels that topics make', () => {
  const [SPORTS, ROWING, TENNIS] = ['483', '526', '539']
  const reading = readingOf(['They rowed.', 'They rowed on.', 'They rested.', 'They slept.'])
  const path: Record<string, string[]> = {
    [SPORTS]: ['Sports'],
    [ROWING]: ['Sports', 'Rowing'],
    [TENNIS]: ['Sports', 'Tennis'],
  }
  const candidate = (id: string, score: number, declared?: true) => ({
    taxonomy: IAB_CONTENT,
    id,
    name: path[id]?.at(-1) ?? '',
    path: path[id] ?? [],
    score,
    margin: 0,
    coverage: 0,
    evidence: [],
    ...(declared && { declared }),
  })
  const topic = (id: string, ...segments: number[]) => ({ id, evidence: segments.map((segment) => ({ segment })) })

  /** What is concluded from an answer, or what is wrong with it. */
  async function conclude(answer: unknown[], ...candidates: ReturnType<typeof candidate>[]) {
    const { check } = await topics.prepare(agentView(reading, { topicCandidates: async () => candidates }))
    const checked = check({ topics: answer })
    return checked.ok ? checked.value.labels : checked
  }

  it('have the name and the path of their node, and are of a model', async () => {
    expect(await conclude([topic(ROWING, 0)])).toMatchObject([
      {
        key: `${IAB_CONTENT}/${ROWING}`,
        name: 'Rowing',
        path: ['Sports', 'Rowing'],
        origin: 'model',
        contested: false,
        refs: [{ source: 'transcript', segment: 0 }],
      },
    ])
  })

  it('score what was measured, and a little more for each of three places', async () => {
    const scored = async (...segments: number[]) => {
      return await conclude([topic(ROWING, ...segments)], candidate(ROWING, 0.6))
    }
    expect(await scored(0)).toMatchObject([{ score: 0.56 }])
    expect(await scored(0, 1, 2)).toMatchObject([{ score: 0.66 }])
    expect(await scored(0, 1, 2, 3)).toMatchObject([{ score: 0.66 }])
    expect(await scored(0, 0, 0)).toMatchObject([{ score: 0.56, refs: [{ segment: 0 }] }])
  })

  it('score by the best node below them if they were not measured, also if the publisher names them', async () => {
    const below = [candidate(ROWING, 0.5), candidate(TENNIS, 0.3)]
    expect(await conclude([topic(SPORTS, 0)], ...below)).toMatchObject([{ score: 0.305 }])
    expect(await conclude([topic(SPORTS, 0)], ...below, candidate(SPORTS, 0, true))).toMatchObject([{ score: 0.305 }])
    expect(await conclude([topic(TENNIS, 0)], candidate(ROWING, 0.5))).toMatchObject([{ score: 0.05 }])
  })

  it('are each made once, the best first, and equals by their ids', async () => {
    const answer = [topic(TENNIS, 0), topic(ROWING, 0), topic(SPORTS, 0), topic(ROWING, 1)]
    const labels = await conclude(answer, candidate(SPORTS, 0.9))
    expect(labels).toMatchObject([{ name: 'Sports' }, { name: 'Rowing', refs: [{ segment: 0 }] }, { name: 'Tennis' }])
  })

  it('are none if a node or a segment does not exist: the model is told which', async () => {
    const answer = [topic('no-such-node', 0), { ...topic(ROWING, 0), taxonomy: 'dewey' }, topic(TENNIS, 9)]
    expect(await conclude(answer)).toMatchObject({
      ok: false,
      problem: [
        `/topics/0/id: ${IAB_CONTENT} has no node "no-such-node"; look it up by name or meaning.`,
        `/topics/1/id: dewey has no node "${ROWING}"; look it up by name or meaning.`,
        '/topics/2/evidence/0/segment: there is no segment 9; they go from 0 to 3.',
      ].join(' '),
    })
  })
})
