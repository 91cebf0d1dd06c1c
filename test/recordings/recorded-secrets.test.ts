import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { keepable, withKeepableUrls, withoutSignature } from '../../src/content/signed-url.ts'
import { readRecording } from '../../src/recordings/read/read-recording.ts'
import { recordingOf } from '../../src/recordings/write/recording-of.ts'
import { writeRecording } from '../../src/recordings/write/write-recording.ts'
import { replayRun } from '../../src/replay/replay-run.ts'
import type { Service } from '../../src/service.ts'
import { today } from '../support/recorded.ts'
import { memoryService } from '../support/service.ts'
import { said, talk } from '../support/talk.ts'
import { bytesOf } from './recording-samples.ts'

/** Everything that must not be found. */
const SECRETS = {
  key: 'sk-5ecret-0f-the-operator',
  indexKey: 'qd-5ecret-of-the-index',
  user: 'mallory-5ecret',
  password: 'pa55word-5ecret',
  signature: '5ecret51gnature0123456789abcdef',
  credential: 'AK1A5ecretcredential',
  token: 'tok-5ecret-of-the-feed',
}
const SIGNED = `X-Amz-Credential=${SECRETS.credential}&X-Amz-Signature=${SECRETS.signature}&sig=${SECRETS.signature}&token=${SECRETS.token}`

let origin: string
let service: Service
const asked: string[] = []

/** Serves transcripts by signed addresses, redirects with signatures, and a model that tells the key that it was given. */
function serve(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', origin)
  asked.push(`${request.method} ${pathname} ${request.headers.authorization ?? request.headers['api-key'] ?? ''}`)
  if (pathname === '/talk.vtt') {
    response.setHeader('content-type', 'text/vtt').setHeader('etag', '"1"')
    response.end(`WEBVTT\n\n00:00.000 --> 00:30.000\n${said(0)}\n\n00:30.000 --> 01:00.000\n${said(1)}\n`)
  } else if (pathname === '/moved.vtt') {
    response.writeHead(302, { location: `/talk.vtt?${SIGNED}` }).end()
  } else if (pathname === '/around.vtt') {
    response.writeHead(302, { location: `/around.vtt?${SIGNED}` }).end()
  } else {
    const message = `no such key: ${request.headers.authorization} at ${origin}/v1?${SIGNED}`
    response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message } }))
  }
}

const server = createServer(serve)
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = z.custom<AddressInfo>().parse(server.address())
  origin = `http://127.0.0.1:${port}`
  service = await memoryService({
    OPENAI_API_KEY: SECRETS.key,
    OPENAI_BASE_URL: `${origin}/v1`,
    LINERNOTES_MODELS: 'attributes=teller,topics=teller',
    LINERNOTES_MODEL_SEES: '1',
    LINERNOTES_MODEL_RETRIES: '0',
    LINERNOTES_TRANSCRIBER_MODEL: 'ears',
    LINERNOTES_ALLOW_PRIVATE_URLS: '1',
    LINERNOTES_TRANSCRIBER_URL: `http://${SECRETS.user}:${SECRETS.password}@127.0.0.1:${port}/v1`,
    QDRANT_URL: origin,
    QDRANT_API_KEY: SECRETS.indexKey,
  })
})
afterAll(async () => {
  await service?.close()
  server.close()
  server.closeAllConnections()
})

const signed = (path: string) => `${origin}${path}?lang=en&${SIGNED}`
const withUser = (path: string) => signed(path).replace('://', `://${SECRETS.user}:${SECRETS.password}@`)

describe('secrets', { timeout: 120_000 }, () => {
  it.each([
    ['with signed transcripts', ['/talk.vtt', '/moved.vtt', '/around.vtt']],
    ['with signed audio alone', []],
  ])(
    'are in no recording, whole or redacted, of a run %s, and the recording replays all the same',
    async (_, paths) => {
      const transcripts = paths.flatMap((path) => [{ url: signed(path) }, { url: withUser(path) }])
      const item = talk({
        guid: withUser('/guid'),
        url: withUser('/page'),
        chaptersUrl: signed('/chapters.json'),
        audio: { url: signed('/audio.mp3') },
        artwork: { url: signed('/art.png') },
        transcripts,
      })
      asked.length = 0
      const run = await service.runs.wait((await service.runs.submit(item)).id)
      if (run === null) throw new Error('there is a run')
      // The far sides have seen them.
      expect(asked.join('\n')).toContain(`Bearer ${SECRETS.key}`)
      const recording = await recordingOf(service.repositories, run.id)
      expect(recording.document).not.toBeNull()
      for (const redact of [false, true]) {
        const text = gunzipSync(await bytesOf(writeRecording(recording, { redact }))).toString()
        for (const [name, secret] of Object.entries(SECRETS)) expect(text.includes(secret), name).toBe(false)
        expect(text).not.toMatch(/5ecret/i)
        expect(text.includes('X-Amz-Signature=signed')).toBe(!redact)
      }
      const read = await readRecording(writeRecording(recording))
      const report = await replayRun(read, today({ embedder: service.embedder }))
      expect(report).toMatchObject({ identical: true, divergences: [] })
    },
  )
})

describe('an address that may be kept', () => {
  it('asks for the same as the address that was given', () => {
    const query = fc.array(
      fc.tuple(
        fc.constantFrom('X-Amz-Signature', 'x-goog-credential', 'token', 'sig', 'lang', 'v', 'Policy', 'access_token'),
        fc.string({ unit: 'grapheme', maxLength: 8 }),
      ),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(fc.webUrl(), fc.option(fc.constantFrom('u:p@', 'u@')), query, (url, user, values) => {
        const full = `${user === null ? url : url.replace('://', `://${user}`)}?${new URLSearchParams(values)}`
        expect(withoutSignature(keepable(full))).toBe(withoutSignature(full))
        expect(keepable(keepable(full))).toBe(keepable(full))
      }),
    )
  })

  it('stays as it was written if it carries no secret', () => {
    for (const url of ['https://example.com', 'https://example.com/a?b=c&keyword=d', 'urn:uuid:1', 'episode 12'])
      expect(keepable(url)).toBe(url)
  })

  it('is found in sentences too', () => {
    expect(withKeepableUrls('asked https://u:p@a.example/x?sig=s, and got (http://b.example/?q=1).')).toBe(
      'asked https://a.example/x?sig=signed and got (http://b.example/?q=1).',
    )
  })
})
