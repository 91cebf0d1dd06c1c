import { describe, expect, it } from 'vitest'
import { createOpenAiTranscriber } from '../../../src/models/openai/openai-transcriber.ts'
import { speech, transcriberContract } from '../../contracts/transcriber.ts'
import { failure, json, type WireReply, wire } from '../../wire/openai.ts'

const segment = (id: number, start: number, end: number, text: string) => ({
  id,
  seek: 51,
  start,
  end,
  text,
  tokens: [50363, 4599],
  temperature: 0,
  avg_logprob: -0.234,
  compression_ratio: 1.492,
  no_speech_prob: 0.32,
})

const heard = (over: object = {}) =>
  json({
    task: 'transcribe',
    language: 'english',
    duration: 45.693,
    text: ' Good morning. How are you? ',
    segments: [
      segment(0, 0.51, 5.9504, ' Good morning.'),
      segment(1, 6.51, 6.4, ' How are you?'),
      segment(2, 7, 8, ' '),
    ],
    ...over,
  })

function open(...replies: WireReply[]) {
  const far = wire(...replies)
  const options = {
    baseUrl: 'http://speech.example/v1',
    apiKey: 'sk-secret',
    model: 'whisper-1',
    sleep: async () => {},
  }
  return {
    transcriber: createOpenAiTranscriber({ ...options, fetch: far.fetch, maxBytes: 1000 }),
    requests: far.requests,
  }
}

transcriberContract('openai', () => open(heard()).transcriber)

describe('createOpenAiTranscriber', () => {
  it('sends the file and asks for times of segments', async () => {
    const { transcriber, requests } = open(heard())
    await transcriber.transcribe(speech, { language: 'en-GB' })
    expect(requests[0]).toMatchObject({
      url: 'http://speech.example/v1/audio/transcriptions',
      headers: { authorization: 'Bearer sk-secret' },
      body: {
        model: 'whisper-1',
        response_format: 'verbose_json',
        'timestamp_granularities[]': 'segment',
        language: 'en',
        file: expect.objectContaining({ name: 'talk.wav', type: 'audio/wav', size: 4 }),
      },
    })
  })

  it('gives whole milliseconds, ends that are not before starts, and no empty segments', async () => {
    expect(await open(heard()).transcriber.transcribe(speech)).toEqual({
      text: 'Good morning. How are you?',
      language: 'en',
      durationMs: 45693,
      segments: [
        { startMs: 510, endMs: 5950, text: 'Good morning.' },
        { startMs: 6510, endMs: 6510, text: 'How are you?' },
      ],
      model: 'whisper-1',
      retries: [],
    })
  })

  it.each([
    ['portuguese', 'pt'],
    ['de', 'de'],
    ['klingonese', null],
    [undefined, null],
  ])('reads the language %s as %s', async (language, tag) => {
    expect((await open(heard({ language })).transcriber.transcribe(speech)).language).toBe(tag)
  })

  it('takes an answer without segments and duration', async () => {
    const answer = await open(json({ text: 'Hello' })).transcriber.transcribe(speech)
    expect(answer).toMatchObject({ text: 'Hello', durationMs: null, segments: [] })
  })

  it('tries again after a rate limit, and shows it', async () => {
    const { transcriber } = open(failure(429, 'Slow down', { 'retry-after': '1' }), heard())
    expect((await transcriber.transcribe(speech)).retries).toEqual([
      { reason: 'rate_limited: 429 Slow down', waitedMs: 1000 },
    ])
  })

  it.each([
    [400, 'The audio file could not be decoded or its format is not supported.'],
    [413, 'Maximum content size limit (26214400) exceeded'],
  ])('passes on why the file was refused with %i, and does not try again', async (status, message) => {
    const { transcriber, requests } = open(failure(status, message))
    const kind = { name: 'ModelError', kind: 'bad_request', message: expect.stringContaining(message.slice(0, 30)) }
    await expect(transcriber.transcribe(speech)).rejects.toMatchObject(kind)
    expect(requests).toHaveLength(1)
  })

  it('sends no file that is empty or too large', async () => {
    const { transcriber, requests } = open()
    await expect(transcriber.transcribe({ ...speech, bytes: new Uint8Array() })).rejects.toThrow(/empty/)
    await expect(transcriber.transcribe({ ...speech, bytes: new Uint8Array(1001) })).rejects.toThrow(
      /talk\.wav.*bit rate/,
    )
    expect(requests).toEqual([])
  })

  it('calls an answer of another shape malformed', async () => {
    await expect(open(json({ words: [] })).transcriber.transcribe(speech)).rejects.toMatchObject({ kind: 'malformed' })
  })
})
