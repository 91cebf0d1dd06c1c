import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns, { lookup } from 'node:dns'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net, { connect, Socket } from 'node:net'
import tls from 'node:tls'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { Client, fetch as undiciFetch } from 'undici'
import { forgetAttempt, notedAttempt } from '../../../src/replay/process/denied-attempts.ts'

// Started with the guard of replays: tries everything that leaves a process, here and in threads, and tells what came of it.

const HOST = 'reached.example'
const WAYS: Record<string, () => unknown> = {
  'net.connect': () => net.connect(443, HOST),
  'named import': () => connect({ host: HOST, port: 443 }),
  'a socket': () => new Socket().connect(443, HOST),
  listen: () => net.createServer().listen(0, HOST),
  'tls.connect': () => tls.connect({ host: HOST, port: 443 }),
  'http.request': () => http.request(`http://${HOST}/`),
  'http.get with an agent': () => http.get({ host: HOST, agent: new http.Agent() }),
  'https.get': () => https.get(new URL(`https://${HOST}/`)),
  'http2.connect': () => http2.connect(`https://${HOST}`),
  fetch: () => fetch(`https://${HOST}/v1`),
  'fetch of undici': () => undiciFetch(`https://${HOST}/v1`),
  'a client of undici': () => new Client(`https://${HOST}`).request({ path: '/', method: 'GET' }),
  'dns.lookup': () => lookup(HOST, () => undefined),
  'dns.promises': () => dns.promises.resolve4(HOST),
  'a resolver': () => new dns.Resolver().resolve(HOST, () => undefined),
  dgram: () => dgram.createSocket('udp4').send('x', 53, HOST),
  spawn: () => childProcess.spawn('curl', [`https://${HOST}`]),
  execFileSync: () => childProcess.execFileSync('curl', [`https://${HOST}`]),
  fork: () => childProcess.fork(HOST),
  binding: () => Reflect.apply(Reflect.get(process, 'binding'), process, ['tcp_wrap']),
  'a thread from text': () => new Worker(`fetch('https://${HOST}/')`, { eval: true }),
  'taking the guard away': () => {
    Object.defineProperty(net.Socket.prototype, 'connect', { value: () => HOST })
    throw new Error('the guard is gone')
  },
}

/** What happened, and what was noted of it. */
async function tryAll(): Promise<Record<string, { threw: string; noted: string | null }>> {
  const results: Record<string, { threw: string; noted: string | null }> = {}
  for (const [name, way] of Object.entries(WAYS)) {
    forgetAttempt()
    let threw = 'nothing'
    try {
      await way()
    } catch (error) {
      threw = error instanceof Error ? String(error.cause ?? error) : String(error)
    }
    results[name] = { threw, noted: notedAttempt() }
  }
  return results
}

async function inThread(execArgv?: string[]): Promise<unknown> {
  const entry = new URL(import.meta.url)
  const worker = new Worker(entry, execArgv === undefined ? {} : { execArgv })
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
}

async function noteOfThread(): Promise<string | null> {
  forgetAttempt()
  const code = `try { fetch('https://${HOST}/from-a-thread') } catch {}`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`))
  await new Promise((resolve) => worker.once('exit', resolve))
  return notedAttempt()
}

if (isMainThread) {
  const environment = Object.keys(process.env)
  const here = await tryAll()
  const [thread, ownFlags] = [await inThread(), await inThread([])]
  process.send?.({ environment, here, thread, ownFlags, noteOfThread: await noteOfThread() })
  process.disconnect?.()
} else parentPort?.postMessage(await tryAll())
