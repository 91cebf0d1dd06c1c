import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const bound = (maxTranscriptChars: number) => ({ settings: { maxTranscriptChars } })
const whole = talk().transcripts

describe('a transcript above the bound', () => {
  it('leaves the item with its metadata, and the document says what is missing, what the bound is and how to raise it', async () => {
    const { model, agents } = cast({})
    const { run, document } = await openDesk(database, { chat: model, ...bound(500) }).understand(talk())
    expect([run.status, document.texts.transcript]).toEqual(['partial', undefined])
    expect(document.texts.title).toBeDefined()
    expect(agents()).toContain('topics')
    const missing = document.abstentions.find(({ facet }) => facet === 'transcript')
    expect(missing?.reason).toMatch(
      /^transcripts\/0: The transcript has 1,\d{3} characters; at most 500 are worked through.*LINERNOTES_MAX_TRANSCRIPT_CHARS/,
    )
  })

  it('is replaced by another transcript of the item that is within the bound', async () => {
    const transcripts = [...whole, { text: said(0) }]
    const { document, run } = await openDesk(database, bound(500)).understand(talk({ transcripts }))
    expect([run.status, document.texts.transcript?.chars]).toEqual(['complete', said(0).length])
  })

  it('is read after the bound was raised, when the item comes again', async () => {
    const desk = openDesk(database, bound(500))
    const { document: without } = await desk.understand(talk())
    const raised = openDesk(database, { tenant: desk.tenant, ...bound(5000) })
    const { document, run } = await raised.understand(talk())
    expect([without.texts.transcript, without.version]).toEqual([undefined, 1])
    expect([run.status, document.version, document.texts.transcript?.chars]).toEqual([
      'complete',
      2,
      whole[0]?.text?.length,
    ])
  })
})

/** Two transcripts, each far too short for an hour: neither is sound. */
const doubtful = talk({ durationMs: 3_600_000, transcripts: [{ text: said(0) }, { text: said(1) }] })

describe('several doubtful transcripts', () => {
  it('are shown to an agent, and all others read the one that it chose', async () => {
    const stage = cast({ transcript: () => submits('transcript', { candidate: 1, reason: 'It tells of looms.' }) })
    await openDesk(database, { chat: stage.model }).understand(doubtful)
    expect(stage.agents()).toContain('transcript')
    const readers = stage.asked.filter(({ agent }) => agent !== 'transcript' && agent !== 'critique')
    expect(readers).toHaveLength(6)
    for (const { request } of readers) expect(JSON.stringify(request.messages[1])).toContain(said(1).slice(0, 60))
  })
})
