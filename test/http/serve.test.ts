import { EventEmitter } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { CannotListen, type Listening, type ServeDeps, serve } from '../../src/http/serve.ts'
import type { Runs } from '../../src/runs/runs.ts'

const none = () => Promise.reject(new Error('not asked for'))
const runs: Runs = {
  submit: none,
  prepare: none,
  start: none,
  wait: none,
  cancel: none,
  resume: async () => 0,
  decide: none,
  idle: async () => undefined,
  close: async () => undefined,
}

/** Serves on a free port and keeps a diary of what happened. */
async function start(changes: Partial<ServeDeps> = {}, runChanges: Partial<Runs> = {}) {
  const diary: string[] = []
  const note = (what: string) => async () => void diary.push(what)
  const signals = new EventEmitter()
  const listening = await serve({
    app: { fetch: () => new Response('here') },
    service: { runs: { ...runs, close: note('runs closed'), ...runChanges }, close: note('service closed') },
    host: '127.0.0.1',
    port: 0,
    log: (_, message) => void diary.push(message),
    signals,
    ...changes,
  })
  return { ...listening, diary, signals }
}

const answers = (url: string) =>
  fetch(url).then(
    (response) => response.text(),
    () => 'refused',
  )

describe('serve', () => {
  it('answers at the address that it prints', async () => {
    const { url, stop } = await start()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
    expect(await answers(url)).toBe('here')
    await stop()
  })

  it('continues the runs of an earlier process', async () => {
    const { diary, stop } = await start({}, { resume: async () => 2 })
    expect(diary).toEqual(['listening', 'runs of an earlier process are taken up again'])
    await stop()
  })

  it.each(['SIGTERM', 'SIGINT'])('at %s refuses new requests, then ends runs, then the service', async (signal) => {
    const { url, diary, signals, stopped } = await start()
    expect(await answers(url)).toBe('here')
    signals.emit(signal)
    await stopped
    expect(diary).toEqual(['listening', 'stopping', 'runs closed', 'service closed', 'stopped'])
    expect(await answers(url)).toBe('refused')
    expect(signals.listenerCount('SIGTERM') + signals.listenerCount('SIGINT')).toBe(0)
  })

  it('waits for a request that waits for its run before it closes the service', async () => {
    let interrupt: () => void = () => undefined
    const waiting = new Promise<void>((done) => {
      interrupt = done
    })
    let arrived: () => void = () => undefined
    const underWay = new Promise<void>((done) => {
      arrived = done
    })
    const app = {
      async fetch() {
        arrived()
        await waiting
        return new Response('interrupted', { status: 202 })
      },
    }
    const { url, stop, diary } = await start({ app }, { close: async () => interrupt() })
    const answer = answers(url)
    await underWay
    const stopping = stop()
    expect(await answer).toBe('interrupted')
    await stopping
    expect(diary.at(-2)).toBe('service closed')
  })

  it('stops once, however often it is told to', async () => {
    const { stop, diary, stopped } = await start()
    await Promise.all([stop(), stop(), stopped])
    expect(diary.filter((entry) => entry === 'service closed')).toHaveLength(1)
  })

  it('says what to do when the port is taken', async () => {
    const { url, stop } = await start()
    const port = Number(new URL(url).port)
    const second: Promise<Listening> = start({ port })
    await expect(second).rejects.toThrow(CannotListen)
    await expect(second).rejects.toThrow(
      `port ${port} of 127.0.0.1 is taken by another process; choose another with PORT`,
    )
    await stop()
  })

  it('says what to do when the address is not one of this machine', async () =>
    expect(start({ host: '192.0.2.1' })).rejects.toThrow('set LINERNOTES_HOST to 127.0.0.1'))

  it('frees the port when it has stopped', async () => {
    const { url, stop } = await start()
    await stop()
    const port = Number(new URL(url).port)
    const server = createServer()
    await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done))
    await new Promise((done) => server.close(done))
  })
})
