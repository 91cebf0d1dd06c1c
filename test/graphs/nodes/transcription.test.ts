import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromTranscription } from '../../../graphs/transcripts/transcript-candidates.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import type { Fetcher } from '../../../src/ingest/fetch/fetcher.ts'
import { ModelError } from '../../../src/models/chat-model.ts'
import { createOpenAiTranscriber } from '../../../src/models/openai/openai-transcriber.ts'
import type { Transcriber, Transcription } from '../../../src/models/transcriber.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'
import { said, talk } from '../../support/talk.ts'
import { json, wire } from '../../wire/openai.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const audio = { url: 'https://example.org/looms.wav' }
const fetcher: Fetcher = {
  fetch: async ({ url }) => ({
    url,
    status: 200,
    contentType: 'audio/wav',
    validators: { etag: '"1"', lastModified: null },
    bytes: new Uint8Array([1]),
  }),
  validators: async () => null,
}
const heard: Transcription = {
  text: `${said(0)} ${said(1)}`,
  language: 'en',
  durationMs: 60_000,
  segments: [
    { startMs: 500, endMs: 29_000, text: said(0) },
    { startMs: 30_000, endMs: 58_000, text: said(1) },
  ],
  model: 'ears-1',
  retries: [],
}
const transcriber = (hear: () => Promise<Transcription>): Transcriber => ({ name: 'openai:ears-1', transcribe: hear })
const claim = () =>
  submits('summary', { claims: [{ text: 'She understood cards.', evidence: [{ segment: 1, quote: said(1) }] }] })

describe('an item with nothing but its audio', () => {
  it('is transcribed, and its evidence has the times of the transcription', async () => {
    const desk = openDesk(database, {
      chat: cast({ summary: claim }).model,
      ports: { fetcher, transcriber: transcriber(async () => heard) },
    })
    const { document, run, asked } = await desk.understand(talk({ transcripts: [], audio }))
    expect(run.status).toBe('complete')
    expect(asked).toContain('transcript.0.transcribe.0')
    expect(document.summary?.claims[0]?.evidence).toMatchObject([
      { quote: said(1), startMs: 30_000, endMs: 58_000, timing: 'source' },
    ])
    expect(document.timeline).toEqual({ audioUrl: audio.url, durationMs: 60_000 })
  })

  it('has its times corrected like those of a transcript that is read, and the document says so', async () => {
    const far = wire(
      json({
        text: '',
        language: 'english',
        duration: 9,
        segments: [
          { start: -1, end: 5, text: said(0) },
          { start: 50, end: 4, text: said(1) },
        ],
      }),
    )
    const ears = createOpenAiTranscriber({ baseUrl: 'http://speech.example/v1', model: 'ears-1', fetch: far.fetch })
    const desk = openDesk(database, { chat: cast({ summary: claim }).model, ports: { fetcher, transcriber: ears } })
    const { document } = await desk.understand(talk({ transcripts: [], audio, durationMs: 9000 }))
    expect(document.summary?.claims[0]?.evidence).toMatchObject([
      { quote: said(1), startMs: null, endMs: null, timing: null },
    ])
    expect(document.provenance.notes).toContain('transcript: 1 time lies past the duration of 9000 ms and was dropped.')
  })

  it.each([
    {
      what: 'swapped segments are put in order',
      times: [
        [30_000, 58_000],
        [500, 29_000],
      ],
      marks: [
        [500, 29_000],
        [30_000, 58_000],
      ],
      says: ['1 cue stood out of order and was put in order.'],
    },
    {
      what: 'a segment without a true end lasts until the next, and none outlasts the audio',
      times: [
        [500, 500],
        [30_000, 75_000],
      ],
      marks: [
        [500, 30_000],
        [30_000, 60_000],
      ],
      says: [],
    },
  ])('$what', ({ times, marks, says }) => {
    const segments = times.map(([startMs = 0, endMs = 0], n) => ({ startMs, endMs, text: said(n) }))
    const { read } = fromTranscription({ ...heard, segments }, talk({ transcripts: [], audio }))
    expect(read.transcript.marks.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(marks)
    expect(read.transcript.warnings).toEqual(says)
  })

  it('is understood from its metadata if the transcriber is away, says so, and is tried again next time', async () => {
    let away = true
    const hear = async () => {
      if (away) throw new ModelError('unreachable', 'ears-1 cannot be reached')
      return heard
    }
    const desk = openDesk(database, { chat: cast({}).model, ports: { fetcher, transcriber: transcriber(hear) } })
    const item = talk({ transcripts: [], audio })
    const first = await desk.understand(item)
    expect(first.run.status).toBe('partial')
    expect(first.document.abstentions[0]).toEqual({
      facet: 'transcript',
      reason: 'the item has no transcript; transcription by openai:ears-1: ears-1 cannot be reached',
    })
    away = false
    const second = await desk.understand(item)
    expect(second.run.status).toBe('complete')
    expect(second.document.texts.transcript?.chars).toBe(heard.text.length)
  })
})
