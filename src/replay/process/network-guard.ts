import childProcess from 'node:child_process'
import cluster from 'node:cluster'
import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import inspector from 'node:inspector'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'
import workers, { type WorkerOptions } from 'node:worker_threads'
import { noteAttempt } from './denied-attempts.ts'

// This is loaded with --import before any other code of a replay's process, and before any code of its worker threads. From then on,
// nothing in them can open a connection, listen, look up a name or start a process. An attempt throws. It is also noted, because code that
// catches errors must not hide it.

const MOST_CHARS = 300

/** A replay tried to reach something outside of its process. */
class NetworkDenied extends Error {
  override readonly name = 'NetworkDenied'
}

function refuse(tried: string): never {
  noteAttempt(tried)
  throw new NetworkDenied(`a replay reaches nothing outside of its process, and this one tried to ${tried}`)
}

function deny(owner: object, names: readonly string[], what: string): void {
  for (const name of names) {
    if (!(name in owner)) continue
    const denied = (...args: unknown[]): never => {
      const target = targetOf(args)
      return refuse(target === null ? what : `${what} ${target}`)
    }
    Object.defineProperty(owner, name, { value: denied, writable: false, configurable: false, enumerable: true })
  }
}

/** The host, path or command that the arguments of a denied call name, for people. Null if they name none. */
function targetOf(args: readonly unknown[]): string | null {
  const [first, second] = args
  const found = Array.isArray(first) ? targetOf(first) : targetOfCall(first, second)
  return found === null ? null : found.slice(0, MOST_CHARS)
}

function targetOfCall(first: unknown, second: unknown): string | null {
  if (typeof first === 'number') return `${typeof second === 'string' ? second : 'localhost'}:${first}`
  if (typeof first === 'string') return hostOf(first) ?? first
  if (first instanceof URL) return first.host
  if (typeof first !== 'object' || first === null) return null
  if ('url' in first && typeof first.url === 'string') return hostOf(first.url) ?? first.url
  const field = (name: string) => new Map<string, unknown>(Object.entries(first)).get(name)
  const host = field('hostname') ?? field('host') ?? field('path') ?? 'localhost'
  const port = field('port')
  return typeof port === 'number' || typeof port === 'string' ? `${host}:${port}` : String(host)
}

function hostOf(text: string): string | null {
  return URL.canParse(text) ? new URL(text).host || null : null
}

function functionsOf(owner: object): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(owner)).flatMap(([name, { value }]) =>
    typeof value === 'function' && name !== 'constructor' ? [name] : [],
  )
}

const LOOK_UPS = /^(?:lookup|lookupService|resolve\w*|reverse)$/
const lookUps = (owner: object) => functionsOf(owner).filter((name) => LOOK_UPS.test(name))

deny(http, ['request', 'get'], 'connect to')
deny(https, ['request', 'get'], 'connect to')
deny(http2, ['connect'], 'connect to')
deny(tls, ['connect'], 'connect to')
deny(net, ['connect', 'createConnection'], 'connect to')
// All TCP and TLS clients, undici among them, end up here.
deny(net.Socket.prototype, ['connect'], 'connect to')
deny(net.Server.prototype, ['listen'], 'listen on')
deny(globalThis, ['fetch', 'WebSocket', 'EventSource'], 'connect to')
deny(dgram, ['createSocket'], 'open a datagram socket')
deny(dgram.Socket.prototype, ['bind', 'connect', 'send'], 'send datagrams to')
deny(dns, lookUps(dns), 'look up')
deny(dns.promises, lookUps(dns.promises), 'look up')
deny(dns.Resolver.prototype, lookUps(dns.Resolver.prototype), 'look up')
deny(dns.promises.Resolver.prototype, lookUps(dns.promises.Resolver.prototype), 'look up')
deny(
  childProcess,
  functionsOf(childProcess).filter((name) => name !== 'ChildProcess' && !name.startsWith('_')),
  'start',
)
deny(childProcess.ChildProcess.prototype, ['spawn'], 'start')
deny(cluster, ['fork', 'setupPrimary', 'setupMaster'], 'start a process of a cluster')
deny(inspector, ['open'], 'open a debugger on')
deny(process, ['binding', 'dlopen'], 'load native code')

/** The flag that loaded this module. Other flags apply to the whole process, and threads do not accept them. */
const at = process.execArgv.indexOf('--import')
const guarded = at === -1 ? [] : process.execArgv.slice(at, at + 2)

/** Makes every thread begin with this module, even one that is started with flags of its own. */
class GuardedWorker extends workers.Worker {
  constructor(file: string | URL, options: WorkerOptions = {}) {
    // Node runs such code without waiting for the modules that --import names.
    if (options.eval === true) refuse('start a thread from text, which the guard could not come before')
    super(file, { ...options, execArgv: [...guarded, ...(options.execArgv ?? [])], env: {} })
  }
}
Object.defineProperty(workers, 'Worker', {
  value: GuardedWorker,
  writable: false,
  configurable: false,
  enumerable: true,
})
syncBuiltinESMExports()
