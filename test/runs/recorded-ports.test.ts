import { describe, expect, it } from 'vitest'
import type { Fetcher } from '../../src/ingest/fetch/fetcher.ts'
import { openSession } from '../../src/ledger/ledger-session.ts'
import { createLedgerWriter } from '../../src/ledger/ledger-writer.ts'
import { live, replay } from '../../src/ledger/policies.ts'
import type { Recorded } from '../../src/ledger/recorded-calls.ts'
import type { PortIdentities } from '../../src/ledger/run-configuration-schema.ts'
import { type RealPorts, recordedPorts } from '../../src/runs/recorded-ports.ts'
import { identitiesOf } from '../../src/runs/run-configuration.ts'
import { memoryStore, nothing, owner } from '../ledger/ledger-samples.ts'
import { cast } from '../support/desk.ts'
import { fakeEmbedder } from '../support/fake-embedder.ts'

const away = () => Promise.reject(new Error('asked though it should have been served'))

function open(real: Partial<RealPorts>, base?: Recorded, own: Recorded = nothing, named?: PortIdentities) {
  const store = memoryStore()
  const writer = createLedgerWriter(store)
  const policy = base === undefined ? live : replay
  const session = openSession({ owner, policy, own, writer, ...(base === undefined ? {} : { base }) })
  const performing: RealPorts = {
    chat: cast({}).model,
    secondOpinion: null,
    embedder: null,
    fetcher: null,
    transcriber: null,
    known: away,
    neighbours: away,
    price: () => null,
    clock: () => 7,
    ...real,
  }
  const seen = named ?? identitiesOf(performing, performing.fetcher !== null)
  const scope = session.at({ node: 'topics', visit: 0 })
  const ports = recordedPorts(seen, performing, scope, new AbortController().signal)
  return { store, session, ports }
}

describe('a remote embedder', () => {
  const texts = ['a', 'b', 'a']

  it('is one exchange a text and one call for all of them', async () => {
    const batches: number[] = []
    const embedder = fakeEmbedder({ local: false })
    const embed: typeof embedder.embed = (given) => {
      batches.push(given.length)
      return embedder.embed(given)
    }
    const { ports, store } = open({ embedder: { ...embedder, embed } })
    const vectors = await ports.embedder?.embed(texts)
    expect(vectors).toEqual(await fakeEmbedder().embed(texts))
    expect(batches).toEqual([3])
    expect(store.recorded().exchanges.map(({ kind, nth }) => `${kind} ${nth}`)).toEqual([
      'embed 0',
      'embed 0',
      'embed 1',
    ])
  })

  it('performs only what is not recorded, however texts are batched today', async () => {
    const first = open({ embedder: fakeEmbedder({ local: false }) })
    await first.ports.embedder?.embed(['a', 'b'])
    const embedder = fakeEmbedder({ local: false })
    const second = open({ embedder }, undefined, first.store.recorded())
    const vectors = await second.ports.embedder?.embed(['c', 'b', 'a', 'd'])
    expect(embedder.texts).toEqual(['c', 'd'])
    expect(vectors).toEqual(await fakeEmbedder().embed(['c', 'b', 'a', 'd']))
  })

  it('in this process is no exchange', async () => {
    const { ports, session } = open({ embedder: fakeEmbedder() })
    await ports.embedder?.embed(texts)
    expect(session.counts()).toEqual({ served: 0, performed: 0 })
  })
})

describe('a fetcher', () => {
  const bytes = Uint8Array.from([0xff, 0xfe, 0x00, 0x80])
  const fetcher: Fetcher = {
    fetch: async ({ url }) => ({
      url,
      status: 200,
      contentType: 'text/vtt',
      validators: { etag: '"1"', lastModified: null },
      bytes,
    }),
    validators: async () => null,
  }
  const request = (url: string) => ({ url, accept: ['text/'], maxBytes: 100, timeoutMs: 5 })

  it('gives back bytes of any encoding, and is served under another signature of the same URL', async () => {
    const first = open({ fetcher })
    await first.ports.fetcher?.fetch(request('https://u:p@cdn.example/a.vtt?v=2&X-Amz-Signature=one&sig=s'))
    const replayed = open({ fetcher: { fetch: away, validators: away } }, first.store.recorded())
    const got = await replayed.ports.fetcher?.fetch({
      ...request('https://cdn.example/a.vtt?v=2&X-Amz-Signature=two&sig=t'),
      timeoutMs: 9,
    })
    expect(Buffer.from(got?.bytes ?? []).equals(bytes)).toBe(true)
  })

  it('tells URLs apart by every value that is no signature', async () => {
    const first = open({ fetcher })
    await first.ports.fetcher?.fetch(request('https://cdn.example/a?author=one&keyword=x'))
    const replayed = open({ fetcher: { fetch: away, validators: away } }, first.store.recorded())
    for (const url of ['https://cdn.example/a?author=two&keyword=x', 'https://cdn.example/a?author=one&keyword=y'])
      await expect(replayed.ports.fetcher?.fetch(request(url))).rejects.toThrow(/recording/)
  })

  it('keeps no credentials in what is recorded of the request', async () => {
    const { ports, store, session } = open({ fetcher })
    await ports.fetcher?.validators('https://user:secret@cdn.example/a?token=hidden')
    await session.settle()
    const texts = store.appends
      .flat()
      .flatMap(({ blobs }) => blobs.map(({ text }) => text))
      .join()
    expect(texts).not.toMatch(/secret|hidden/)
  })
})

describe('a transcriber', () => {
  it('is one exchange that keeps the text and not the audio', async () => {
    const answer = { text: 'hi', language: 'en', durationMs: 5, segments: [], model: 'w', retries: [] }
    const fetcher: Fetcher = {
      fetch: async ({ url }) => ({
        url,
        status: 200,
        contentType: 'audio/mpeg',
        validators: { etag: null, lastModified: null },
        bytes: Buffer.from('AUDIO'),
      }),
      validators: async () => null,
    }
    const heard: string[] = []
    const transcriber = {
      name: 'whisper',
      transcribe: async ({ filename, contentType }: { filename: string; contentType: string }) => {
        heard.push(`${filename} ${contentType}`)
        return answer
      },
    }
    const audio = { url: 'https://cdn.example/one%20two.mp3', language: null }
    const { ports, store } = open({ fetcher, transcriber })
    expect(await ports.transcribe(audio)).toEqual(answer)
    expect(heard).toEqual(['one two.mp3 audio/mpeg'])
    expect(store.names()).toEqual(['topics.0.transcribe.0'])
    const replayed = open({ fetcher: { fetch: away, validators: away }, transcriber }, store.recorded())
    expect(await replayed.ports.transcribe(audio)).toEqual(answer)
    expect(heard).toHaveLength(1)
  })
})

describe('a port that only the settings name', () => {
  const models = { topics: { name: 'openai:cast', readsTask: false, sees: false, contextTokens: 9 } }
  const embedder = { space: 'fake@1', dimension: 8, languages: 'any' as const, local: false }
  const named = { fetch: true, models, secondOpinion: models.topics, embedder, transcriber: 'whisper' }
  const none = { chat: () => cast({}).model('topics') }

  it('has its name and abilities, and answers what is recorded', async () => {
    const first = open({ embedder: fakeEmbedder({ local: false }) })
    const vectors = await first.ports.embedder?.embed(['a'])
    const { ports } = open(none, first.store.recorded(), nothing, named)
    expect(ports.chat('topics')).toMatchObject(models.topics)
    expect(ports.secondOpinion()?.name).toBe('openai:cast')
    expect(await ports.embedder?.embed(['a'])).toEqual(vectors)
  })

  it('says that this process has none where a call would have to be made', async () => {
    const { ports } = open(none, undefined, nothing, named)
    await expect(ports.embedder?.embed(['a'])).rejects.toThrow('name its embedder, and this process has none')
    await expect(ports.transcribe({ url: 'https://e.example/a.mp3', language: null })).rejects.toThrow('has none')
  })
})
