import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { readRecording } from '../../../src/recordings/read/read-recording.ts'
import { recordingOf } from '../../../src/recordings/write/recording-of.ts'
import { writeRecording } from '../../../src/recordings/write/write-recording.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'
import { singlePrecision } from '../../support/fake-embedder.ts'
import { replayed } from '../../support/recorded.ts'
import { talk } from '../../support/talk.ts'
import { bytesOf, comparable } from '../recording-samples.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const claims = () =>
  submits('summary', {
    claims: [{ text: 'Looms read cards.', evidence: [{ segment: 0, quote: 'a chain of wooden cards' }] }],
  })

describe('the recording of a run', () => {
  it('holds item, configuration, document, segments and vectors, and is the same after writing and reading', async () => {
    const desk = openDesk(database, { chat: cast({ summary: claims }).model, ports: { embedder: singlePrecision() } })
    const { run, document } = await desk.understand(talk())
    const recording = await recordingOf(desk.repositories, run.id)
    expect(recording).toMatchObject({
      run: { id: run.id, itemId: 'looms', status: run.status, version: 1, parentRunId: null },
      item: talk(),
      document,
      redacted: false,
      configuration: { settings: { engine: 'openai:cast', ports: { embedder: { space: 'fake@1' } } } },
    })
    expect(recording.derived.map(({ kind, version }) => `${kind} ${version}`).sort()).toEqual([
      expect.stringMatching(/^segments segmenter@\d+$/),
      'vectors fake@1',
    ])
    const read = await readRecording(writeRecording(recording))
    expect(comparable(read)).toEqual(comparable(recording))
  })

  it('replays in the same way from a file as from the database', async () => {
    const desk = openDesk(database, { chat: cast({ summary: claims }).model })
    const { run } = await desk.understand(talk())
    const read = await readRecording(writeRecording(await recordingOf(desk.repositories, run.id)))
    expect(await replayed(read)).toMatchObject({ identical: true, divergences: [] })
  })

  it('has no document if the run published nothing', async () => {
    const desk = openDesk(database)
    await desk.understand(talk())
    const { id } = await desk.runs.submit(talk())
    expect(await desk.runs.wait(id)).toMatchObject({ status: 'unchanged' })
    const read = await readRecording(writeRecording(await recordingOf(desk.repositories, id)))
    expect(read).toMatchObject({ document: null, run: { status: 'unchanged', version: null } })
  })

  it('is refused if there is no such run', async () => {
    const { repositories } = openDesk(database)
    await expect(recordingOf(repositories, 'nobody')).rejects.toMatchObject({
      kind: 'no-such-run',
      message: 'there is no run "nobody"; list the runs to find its id',
    })
  })

  it('is refused while the run waits or is under way, and the message says when to come back', async () => {
    const desk = openDesk(database)
    const { run } = await desk.runs.prepare(talk())
    await expect(recordingOf(desk.repositories, run.id)).rejects.toMatchObject({
      kind: 'unfinished',
      message: expect.stringMatching(/still under way; record it when it is over/),
    })
  })

  it('is refused if the item of the run is no longer there', async () => {
    const desk = openDesk(database)
    const { run } = await desk.understand(talk())
    const { repositories } = desk
    const without = { ...repositories, runs: { ...repositories.runs, item: async () => null } }
    await expect(recordingOf(without, run.id)).rejects.toMatchObject({
      kind: 'incomplete',
      message: expect.stringMatching(/the item of run/),
    })
  })

  it('names no signed address in the error messages of the run and its steps', async () => {
    const desk = openDesk(database)
    const { run } = await desk.understand(talk())
    const { repositories } = desk
    const error = 'FetchError: https://me:secret@cdn.example/a.vtt?token=secret cannot be reached'
    const failed = {
      ...repositories,
      runs: { ...repositories.runs, get: async () => ({ ...run, error }) },
      trace: {
        async load(id: string) {
          const recorded = await repositories.trace.load(id)
          return { ...recorded, steps: recorded.steps.map((step) => ({ ...step, error })) }
        },
      },
    }
    const recording = await recordingOf(failed, run.id)
    const said = 'FetchError: https://cdn.example/a.vtt?token=signed cannot be reached'
    expect([recording.run.error, ...recording.steps.map((step) => step.error)]).toEqual(
      Array.from({ length: recording.steps.length + 1 }, () => said),
    )
  })

  it('is not written if the ledger lost an answer, or if no reader would take it', async () => {
    const desk = openDesk(database)
    const { run } = await desk.understand(talk())
    const recording = await recordingOf(desk.repositories, run.id)
    const lost = recording.exchanges[0]?.response
    const gone = {
      ...recording,
      blob: (hash: `sha256:${string}`) => (hash === lost ? undefined : recording.blob(hash)),
    }
    expect(() => writeRecording(gone)).toThrow(`blob ${lost}, which exchange intake.0.known.0 names, is missing`)
    const endless = { ...recording, item: talk({ transcripts: [{ text: 'la '.repeat(7_000_000) }] }) }
    await expect(bytesOf(writeRecording(endless))).rejects.toMatchObject({ kind: 'too-large' })
  })
})
