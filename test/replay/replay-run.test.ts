import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { extractive } from '../../src/models/extractive/extractive-model.ts'
import type { Recording } from '../../src/recordings/recording.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../support/desk.ts'
import { graphWith } from '../support/graph-with.ts'
import { recorded, replayed } from '../support/recorded.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const claims: Part = () =>
  submits('summary', {
    claims: [{ text: 'Looms read cards.', evidence: [{ segment: 0, quote: 'a chain of wooden cards' }] }],
  })

/** The recording of a run of the talk, in which the agents play these parts. */
async function recordingOf(parts: Record<string, Part> = { summary: claims }): Promise<Recording> {
  const desk = openDesk(database, { chat: cast(parts).model })
  const { run } = await desk.understand(talk())
  return recorded(desk, run.id)
}

/** As if the run had been of another item: the code of today asks for other things. */
const ofItem = (recording: Recording, change: Parameters<typeof talk>[0]): Recording => ({
  ...recording,
  item: talk(change),
})

describe('a replay', () => {
  it('runs the code of today on recorded answers alone and finds the same steps and document', async () => {
    const recording = await recordingOf()
    const report = await replayed(recording)
    expect(report).toMatchObject({
      run: recording.run.id,
      item: 'looms',
      identical: true,
      divergences: [],
      stopped: false,
      served: recording.exchanges.length,
      configuration: [],
      stale: [],
      labels: { gained: [], lost: [] },
    })
    expect(report.steps.map(({ node }) => node)).toContain('publish')
    expect(report.saved.tokens).toBeGreaterThan(0)
  })

  it('is identical with the embedded engine too, whose requests carry the typed task', async () => {
    const desk = openDesk(database, { chat: () => extractive() })
    const { run } = await desk.understand(talk())
    expect((await replayed(await recorded(desk, run.id))).divergences).toEqual([])
  })

  it('publishes nothing and writes nothing', async () => {
    const desk = openDesk(database, { chat: cast({ summary: claims }).model })
    const { run } = await desk.understand(talk())
    const held = async () => [
      await desk.repositories.understandings.changes(0),
      await recorded(desk, run.id).then(({ exchanges, steps, derived }) => ({ exchanges, steps, derived })),
    ]
    const before = await held()
    const recording = await recorded(desk, run.id)
    await replayed(recording)
    await replayed(ofItem(recording, { title: 'Another title' }), {}, { nearest: true })
    expect(await held()).toEqual(before)
  })

  it('names each call that differs, with both requests compared, and lets the siblings of that superstep finish', async () => {
    const recording = ofItem(await recordingOf(), { description: 'Something else was written here.' })
    const { identical, stopped, divergences } = await replayed(recording)
    expect({ identical, stopped }).toEqual({ identical: false, stopped: true })
    const calls = divergences.filter(({ exchange }) => exchange !== null)
    // Chapters does not read the description, so its call is the recorded one.
    expect(calls.map(({ exchange }) => exchange)).toEqual([
      'attributes.0.chat.0',
      'entities.0.chat.0',
      'suitability.0.chat.0',
      'summary.0.chat.0',
      'topics.0.chat.0',
    ])
    for (const call of calls) {
      expect(call).toMatchObject({ class: 'prompt-changed', nearMiss: call.exchange })
      expect(call.differences.map(({ pointer }) => pointer)).toEqual(['/messages/2/content'])
      expect(call.texts?.was).toContain('How punched cards came from weaving')
      expect(call.texts?.is).toContain('Something else was written here.')
    }
    expect(divergences[0]).toMatchObject({ node: 'intake', visit: 0, class: 'state-update-differs' })
  })

  it('goes on with the recorded answers where it is asked to, and shows what comes after', async () => {
    const recording = ofItem(await recordingOf(), { description: 'Something else was written here.' })
    const { stopped, divergences, labels } = await replayed(recording, {}, { nearest: true })
    expect(stopped).toBe(false)
    expect(divergences.at(-1)).toMatchObject({ class: 'understanding-differs', node: null })
    expect(labels).toEqual({ gained: [], lost: [] })
  })

  it('counts what is allowed as no difference, and says that it was there', async () => {
    const recording = ofItem(await recordingOf(), { description: 'Something else was written here.' })
    const allow = ['prompt-changed', 'state-update-differs', 'understanding-differs'] as const
    const { identical, divergences } = await replayed(recording, {}, { nearest: true, allow })
    expect(identical).toBe(true)
    expect(divergences.length).toBeGreaterThan(0)
    expect(divergences.every(({ allowed }) => allowed)).toBe(true)
  })

  it('names a call of another model, and the configuration that the run had', async () => {
    const { configuration, ...rest } = await recordingOf({})
    const another = (identity: { name: string }) => ({ ...identity, name: 'openai:another' })
    const { settings } = configuration
    const models = Object.fromEntries(
      Object.entries(settings.ports.models).map(([agent, identity]) => [agent, { ...identity, ...another(identity) }]),
    )
    const { divergences } = await replayed({
      ...rest,
      configuration: { ...configuration, settings: { ...settings, ports: { ...settings.ports, models } } },
    })
    expect(divergences[0]).toMatchObject({
      class: 'model-or-parameters-changed',
      exchange: 'attributes.0.chat.0',
      differences: [{ pointer: '/model', was: 'openai:cast', is: 'openai:another' }],
    })
  })

  it('reports recorded answers that nothing asks for any more', async () => {
    const recording = await recordingOf()
    const [last] = recording.exchanges.filter(({ node }) => node === 'summary').slice(-1)
    if (last === undefined) throw new Error('the summary made no call')
    const more = { ...recording, exchanges: [...recording.exchanges, { ...last, n: 9, nth: 9 }] }
    const { divergences } = await replayed(more)
    expect(divergences).toMatchObject([{ node: 'summary', exchange: 'summary.0.chat.9', class: 'missing-call' }])
  })

  it('of a run that failed fails in the same place, and says where code that is mended no longer does', async () => {
    const broken = graphWith({ nodes: { verify: () => Promise.reject(new TypeError('labels is not iterable')) } })
    const desk = openDesk(database, { chat: cast({ summary: claims }).model, deps: { graph: broken } })
    const { id } = await desk.runs.submit(talk())
    expect(await desk.runs.wait(id)).toMatchObject({ status: 'failed' })
    const recording = await recorded(desk, id)
    expect(await replayed(recording, { graph: broken })).toMatchObject({ identical: true, stopped: false })
    const { divergences } = await replayed(recording)
    expect(divergences[0]).toMatchObject({
      class: 'state-update-differs',
      node: 'verify',
      differences: [{ pointer: '/error', was: 'TypeError: labels is not iterable' }],
    })
  })

  it('of a run that was cancelled is compared as far as the run came', async () => {
    const waits: Part = (_, __, signal) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const desk = openDesk(database, { chat: cast({ summary: waits }).model })
    const { id } = await desk.runs.submit(talk())
    await expect.poll(async () => (await desk.repositories.trace.load(id)).exchanges.length).toBeGreaterThan(2)
    await desk.runs.cancel(id)
    expect(await desk.runs.wait(id)).toMatchObject({ status: 'cancelled' })
    const recording = await recorded(desk, id)
    expect(await replayed(recording)).toMatchObject({ identical: true, divergences: [], stopped: false })
    const other = ofItem(recording, { title: 'Another title' })
    expect((await replayed(other)).divergences[0]).toMatchObject({ node: 'intake', class: 'state-update-differs' })
  })

  it('refuses a recording whose texts were left out', async () => {
    const recording = { ...(await recordingOf()), redacted: true }
    await expect(replayed(recording)).rejects.toThrow(/without --redact/)
  })
})
