import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Item, type ItemInput } from '../../src/content/item.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { extractive } from '../../src/models/extractive/extractive-model.ts'
import { openMemory } from '../database/open-memory.ts'
import { openDesk } from '../support/desk.ts'
import { singlePrecision } from '../support/fake-embedder.ts'
import { recorded, replayed } from '../support/recorded.ts'
import { comparable } from './recording-samples.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const SAID = [
  'Good evening. The first looms that could be told what to weave were built in Lyon, and they read their pattern from wooden cards.',
  'Ada Lovelace saw such a loom when she was young, and wrote that the engine of Charles Babbage weaves algebraic patterns.',
]
const captions = (seconds: number) =>
  [
    'WEBVTT',
    ...SAID.map((text, n) => `00:00:${10 + n * seconds}.000 --> 00:00:${10 + (n + 1) * seconds}.000\n${text}`),
  ].join('\n\n')

/** Every field of an item that determines what a run makes of it, with the values that a submission may give it. */
const FIELDS = {
  kind: fc.constantFrom<Item['kind']>('talk', 'video', 'podcast_episode', 'song'),
  title: fc.constantFrom('Looms and numbers', 'Webstühle und Zahlen', ''),
  description: fc.constantFrom('How punched cards came from weaving to computing.', ''),
  language: fc.constantFrom('en', 'de', 'en-GB'),
  durationMs: fc.constantFrom(0, 60_000, 3_600_000),
  explicit: fc.boolean(),
  rights: fc.constantFrom<Item['rights']>('full', 'clipped', 'offsets'),
  categories: fc.constantFrom<string[]>(['Technology'], ['History', 'Arts']),
  parent: fc.constant({ title: 'Evenings in Lyon', publisher: 'The Weavers' }),
  publishedAt: fc.constantFrom('2024-05-01T10:00:00Z', '2025-05-01T10:00:00Z'),
  // The same text, cut or timed in other ways, and then other texts.
  transcripts: fc.constantFrom<ItemInput['transcripts']>(
    [{ text: SAID.join('\n\n') }],
    [{ text: SAID.join('\n\n'), language: 'de' }],
    [{ text: captions(10), type: 'text/vtt' }],
    [{ text: captions(20), type: 'text/vtt' }],
    [{ text: SAID.join(' ') }],
    [],
  ),
  chapters: fc.constantFrom<ItemInput['chapters']>(
    [{ startMs: 0, title: 'Lyon' }],
    [
      { startMs: 0, title: 'Lyon' },
      { startMs: 20_000, title: 'London' },
    ],
  ),
}
const items = fc.record(FIELDS, { requiredKeys: ['kind', 'transcripts'] })
const changes = fc.record(FIELDS, { requiredKeys: [] })

describe('the recording of a run', () => {
  it('stays the same whatever a later run of the item is given, and both recordings replay identical', async () => {
    await fc.assert(
      fc.asyncProperty(items, changes, async (one, change) => {
        const desk = openDesk(database, { chat: () => extractive(), ports: { embedder: singlePrecision() } })
        const run = async (item: ItemInput) => {
          const { id } = await desk.runs.submit(Item.parse({ ...item, id: 'looms' }))
          await desk.runs.wait(id)
          return id
        }
        const first = await run(one)
        const before = await recorded(desk, first)
        const second = await run({ ...one, ...change })
        const after = await recorded(desk, first)
        expect(comparable(after)).toEqual(comparable(before))
        for (const recording of [after, await recorded(desk, second)])
          expect(await replayed(recording, { embedder: singlePrecision() })).toMatchObject({
            identical: true,
            divergences: [],
          })
      }),
      {
        numRuns: 10,
        examples: [
          [{ kind: 'talk', transcripts: [{ text: SAID.join('\n\n') }] }, { language: 'de' }],
          [{ kind: 'talk', transcripts: [{ text: captions(10) }] }, { transcripts: [{ text: captions(20) }] }],
        ],
      },
    )
  }, 300_000)
})
