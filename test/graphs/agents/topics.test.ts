import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { readFeed } from '../../../src/ingest/feed/read-feed.ts'
import { extractive } from '../../../src/models/extractive/extractive-model.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk } from '../../support/desk.ts'
import { talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

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
