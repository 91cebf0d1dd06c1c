import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noProgress, runItem, waitForRun } from '../../../src/cli/service/run-item.ts'
import { type Client, createClient } from '../../../src/cli/service/service-client.ts'
import { awaitSign, type Connection, serverConnection } from '../../../src/cli/service/service-connection.ts'
import { Item } from '../../../src/content/item.ts'
import { createApp } from '../../../src/http/app.ts'
import { type Listening, serve } from '../../../src/http/serve.ts'
import { readRecording } from '../../../src/recordings/read/read-recording.ts'
import type { Service } from '../../../src/service.ts'
import { memoryService, silent } from '../../support/service.ts'

const item = (id: string) =>
  Item.parse({
    id,
    kind: 'talk',
    title: 'Bees in winter',
    language: 'en',
    transcripts: [
      {
        text: 'Mara: Today we talk about how honeybees get through the winter.\n\nJonas: They gather in a cluster around the queen and shiver to keep warm. A beekeeper leaves them enough honey in the hive.',
      },
    ],
  })

const signal = new AbortController().signal
let service: Service
let listening: Listening
const tokens: (string | null)[] = []
const clients = new Map<string, Client>()

beforeAll(async () => {
  service = await memoryService()
  const app = createApp({ service, log: silent, version: '0.0.0' })
  const here: Connection = {
    server: null,
    send: async (path, init) => app.fetch(new Request(new URL(path, 'http://127.0.0.1'), init)),
    resume: () => service.runs.resume(),
    close: async () => {},
  }
  listening = await serve({ app, service, host: '127.0.0.1', port: 0, log: silent })
  const there = serverConnection({ url: listening.url, token: 'secret' }, (input, init) => {
    tokens.push(new Headers(init?.headers).get('authorization'))
    return fetch(input, init)
  })
  clients.set('in this process', createClient(here, signal))
  clients.set('through a server', createClient(there, signal))
})
afterAll(() => listening?.stop())

describe.each(['in this process', 'through a server'])('a client %s', (name) => {
  const client = (): Client => {
    const found = clients.get(name)
    if (found === undefined) throw new Error(`no client ${name}`)
    return found
  }
  const id = `bees ${name} / 1`

  it('understands an item, shows its run, steps and calls, and finds it unchanged again', {
    timeout: 120_000,
  }, async () => {
    const options = { client: client(), progress: noProgress, signal }
    const { run, understanding } = await runItem(item(id), { effort: 'quick', fetch: false }, options)
    expect(['complete', 'partial']).toContain(run.status)
    expect(understanding.item.id).toBe(id)
    expect(await client().understanding(id, 1)).toEqual(understanding)
    expect((await client().items({}, 10)).map((entry) => entry.id)).toContain(id)

    const steps = (await client().steps(run.id))?.steps ?? []
    expect(steps.map(({ node }) => node)).toEqual(expect.arrayContaining(['intake', 'topics', 'publish']))
    const [call] = steps.flatMap(({ exchanges }) => exchanges).filter(({ kind }) => kind === 'chat')
    const whole = await client().exchange(run.id, call?.name ?? '')
    expect(whole?.request).toMatchObject({ messages: expect.any(Array) })

    expect((await client().step(run.id, 'topics.0')).rounds[0]?.exchange).toBe('topics.0.chat.0')
    expect(await client().diff(run.id, run.id)).toMatchObject({ first: null, labels: [] })
    const [name = ''] = Object.keys(understanding.attributes)
    expect((await client().why(id, `/attributes/${name}`)).story.length).toBeGreaterThan(1)
    const events: string[] = []
    for await (const { event } of (await client().events(run.id)) ?? new ReadableStream()) events.push(event)
    expect([events[0], events.at(-1)]).toEqual(['run', 'end'])
    expect(await client().events('nope')).toBeNull()
    await expect(client().step(run.id, 'topics.9')).rejects.toThrow('assemble.0')
    await expect(client().why(id, '/topics/99')).rejects.toThrow('/attributes/')
    await expect(client().why(id, 'topics')).rejects.toMatchObject({ exitCode: 2 })

    const again = await runItem(item(id), { effort: 'quick', fetch: false }, options)
    expect(again.run.status).toBe('unchanged')
    expect((await client().runs({ item: id }, 1)).map((found) => found.id)).toEqual([again.run.id])
    expect(await client().runs({ item: id }, 500)).toHaveLength(2)

    const bytes = await client().recording(run.id, { redact: false })
    if (bytes === null) throw new Error('there is a recording')
    expect(await readRecording(bytes)).toMatchObject({ run: { id: run.id }, document: understanding, redacted: false })
    const redacted = await client().recording(run.id, { redact: true })
    expect(redacted !== null && (await readRecording(redacted)).redacted).toBe(true)
  })

  it('answers null for what is not there', async () => {
    const nothing = await Promise.all([
      client().run('nope'),
      client().steps('nope'),
      client().exchange('nope', 'topics.0.chat.0'),
      client().understanding('nope'),
      client().recording('nope', { redact: false }),
      client().decide('nope', { action: 'approve', by: 'me' }),
    ])
    expect(nothing).toEqual([null, null, null, null, null, null])
    expect(await client().reviews({ status: 'open' }, 10)).toEqual([])
  })

  it('passes on what the service refuses, with the exit code of bad use', async () => {
    await expect(client().runs({ status: 'happy' }, 5)).rejects.toMatchObject({ name: 'CliError', exitCode: 2 })
    await expect(client().search({ text: '' })).rejects.toMatchObject({ exitCode: 2 })
  })

  it('prunes runs and erases an item, and says what there was not', { timeout: 120_000 }, async () => {
    const gone = `gone ${name}`
    const options = { client: client(), progress: noProgress, signal }
    for (const _ of [1, 2]) await runItem(item(gone), { effort: 'quick', fetch: false }, options)
    const limits = { keepPerItem: 0, endedBefore: new Date(Date.now() + 1000).toISOString(), compact: false }
    const counted = await client().prune({ ...limits, dryRun: true })
    expect(counted).toMatchObject({ dryRun: true, compacted: false })
    expect(counted.runs).toBeGreaterThan(0)
    expect(await client().prune({ ...limits, dryRun: false })).toEqual({ ...counted, dryRun: false })
    expect(await client().runs({ item: gone }, 10)).toHaveLength(1)
    expect(await client().deleteItem(gone)).toBe(true)
    expect(await client().deleteItem(gone)).toBe(false)
    expect(await client().understanding(gone)).toBeNull()
    expect(await client().runs({ item: gone }, 10)).toEqual([])
  })
})

describe('a client through a server', () => {
  it('shows the token of the data folder with every request', () => {
    expect(tokens.length).toBeGreaterThan(5)
    expect(new Set(tokens)).toEqual(new Set(['Bearer secret']))
  })

  it('says so when the server is gone', async () => {
    const gone = serverConnection({ url: 'http://127.0.0.1:9', token: 't' }, () =>
      Promise.reject(new TypeError('fetch failed')),
    )
    await expect(createClient(gone, signal).runs({}, 1)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('does not answer'),
    })
  })

  it('does not wait for ever for one that takes connections and is silent', async () => {
    const hanging = createServer(() => undefined)
    await new Promise<void>((done) => hanging.listen(0, '127.0.0.1', done))
    const address = hanging.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    await expect(awaitSign(url, { signal, waitMs: 50 })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('has not answered for 0.05 s'),
    })
    hanging.closeAllConnections()
    hanging.close()
    await awaitSign(url, { signal })
    await awaitSign(url, { signal, send: async () => new Response('', { status: 503 }) })
  })

  it('waits no longer for a run whose item was erased', async () => {
    const started = await clients
      .get('in this process')
      ?.submit(item('bees that go'), { effort: 'quick', fetch: false })
    if (started === undefined) throw new Error('no run')
    const erased = serverConnection({ url: 'http://a.example', token: 't' }, async () =>
      Response.json({ title: 'Not found' }, { status: 404 }),
    )
    const waiting = waitForRun(createClient(erased, signal), { ...started, status: 'running' }, noProgress, signal)
    await expect(waiting).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining('was erased') })
  })

  it('hears nothing more, and does not wait, where the server has said the end', { timeout: 5000 }, async () => {
    const over = serverConnection(
      { url: 'http://a.example', token: 't' },
      async () => new Response(null, { status: 204 }),
    )
    const heard = []
    for await (const event of (await createClient(over, signal).events('r1', 'end')) ?? []) heard.push(event)
    expect(heard).toEqual([])
  })

  it('says so when it does not understand the answer', async () => {
    const odd = serverConnection({ url: 'http://a.example', token: 't' }, async () => Response.json({ hello: 1 }))
    await expect(createClient(odd, signal).runs({}, 1)).rejects.toThrow(/another version/)
    const proxy = serverConnection(
      { url: 'http://a.example', token: 't' },
      async () => new Response('<html>', { status: 502 }),
    )
    await expect(createClient(proxy, signal).runs({}, 1)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('502'),
    })
  })
})
