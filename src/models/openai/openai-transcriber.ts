import { z } from 'zod'
import { ModelError } from '../chat-model.ts'
import { createLimiter } from '../limited-concurrency.ts'
import { type FarSide, type RetryOptions, withRetries } from '../retry.ts'
import type { AudioFile, Transcriber, Transcription } from '../transcriber.ts'
import { postTo } from './openai-endpoint.ts'

export interface OpenAiTranscriberOptions extends RetryOptions {
  /** The address with its version path, for example `https://api.openai.com/v1`. */
  baseUrl: string
  apiKey?: string
  model: string
  /** The largest file that the endpoint accepts, in bytes; default 25 MiB, which is OpenAI's limit. */
  maxBytes?: number
  /** The maximum number of parallel requests; default 1. */
  concurrency?: number
  fetch?: typeof fetch
}

const Answer = z.object({
  text: z.string(),
  language: z.string().nullish(),
  duration: z.coerce.number().min(0).nullish(),
  segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })).nullish(),
})

/**
 * A transcriber for any endpoint with OpenAI's `/audio/transcriptions`, `verbose_json` and times of segments. It converts seconds
 * to whole milliseconds. Times are never negative, ends never precede starts, and segments without words are left out.
 */
export function createOpenAiTranscriber(options: OpenAiTranscriberOptions): Transcriber {
  const { model, apiKey, fetch: send = fetch, maxBytes = 25 * 1024 * 1024 } = options
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const limited = createLimiter(options.concurrency ?? 1)
  const farSide: FarSide = {
    what: `${model} at ${baseUrl}`,
    keySetting: 'its API key',
    urlSetting: 'the base URL of the transcriber',
    ...(apiKey ? { secret: apiKey } : {}),
  }

  async function request(audio: AudioFile, language: string | undefined, signal: AbortSignal) {
    const url = `${baseUrl}/audio/transcriptions`
    return postTo(url, form(audio, model, language), Answer, { apiKey, send, signal })
  }

  return {
    name: `openai:${model}`,
    async transcribe(audio, { language, signal } = {}) {
      signal?.throwIfAborted()
      if (audio.bytes.byteLength === 0) throw new ModelError('bad_request', `${audio.filename} is empty.`)
      if (audio.bytes.byteLength > maxBytes) throw tooLarge(audio, maxBytes)
      const { value, retries } = await limited(
        () => withRetries((inner) => request(audio, language, inner), farSide, options, signal),
        signal,
      )
      return { ...readAnswer(value), model, retries }
    },
  }
}

function form(audio: AudioFile, model: string, language: string | undefined): FormData {
  const body = new FormData()
  // Copies to a separate ArrayBuffer, because a Blob does not accept a view of a shared one.
  body.set('file', new Blob([new Uint8Array(audio.bytes)], { type: audio.contentType }), audio.filename)
  body.set('model', model)
  body.set('response_format', 'verbose_json')
  body.append('timestamp_granularities[]', 'segment')
  // The endpoint knows only ISO 639-1, so it gets the primary subtag.
  if (language) body.set('language', language.toLowerCase().split('-')[0] ?? language)
  return body
}

function readAnswer({
  text,
  language,
  duration,
  segments,
}: z.infer<typeof Answer>): Omit<Transcription, 'model' | 'retries'> {
  return {
    text: text.trim(),
    language: language ? languageTag(language) : null,
    durationMs: duration == null ? null : milliseconds(duration),
    segments: (segments ?? [])
      .map(({ start, end, text }) => {
        const startMs = milliseconds(start)
        return { startMs, endMs: Math.max(startMs, milliseconds(end)), text: text.trim() }
      })
      .filter((segment) => segment.text !== ''),
  }
}

function milliseconds(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1000))
}

/** Reads the language of an endpoint, an English name (`english`) or a code; null for anything else. */
function languageTag(language: string): string | null {
  const wanted = language.trim().toLowerCase()
  if (/^[a-z]{2,3}$/.test(wanted)) return wanted
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const codes = letters.flatMap((first) => letters.map((second) => `${first}${second}`))
  return codes.find((code) => names.of(code)?.toLowerCase() === wanted) ?? null
}

function tooLarge(audio: AudioFile, maxBytes: number): ModelError {
  const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`
  const size = mib(audio.bytes.byteLength)
  return new ModelError(
    'bad_request',
    `${audio.filename} has ${size}, the transcriber takes ${mib(maxBytes)}. Give it a lower bit rate, or give a transcript.`,
  )
}
