import { createAdaptorServer, type ServerType } from '@hono/node-server'
import type { Log, Service } from '../service.ts'

/** A service that listens for requests. */
export interface Listening {
  /** Its address, with the port that was taken. */
  url: string
  /** Stops taking requests, lets those under way end, and closes the service. A second call returns the same stop. */
  stop(): Promise<void>
  /** Resolves when it has stopped, through {@link Listening.stop} or a signal. */
  stopped: Promise<void>
}

export interface ServeDeps {
  /** Made by `createApp`. */
  app: { fetch(request: Request): Response | Promise<Response> }
  service: Pick<Service, 'runs' | 'close'> & { live?: Pick<Service['live'], 'close'> }
  host: string
  /** 0 takes a free port. */
  port: number
  log: Log
  /** The source of SIGTERM and SIGINT: the process, except in tests. */
  signals?: Pick<NodeJS.EventEmitter, 'once' | 'off'>
}

/** Requests under way have this long to end. Then their connections are closed, and their runs are resumed at the next start. */
const GRACE_MS = 10_000
const SWEEP_MS = 50

/** The address cannot be listened on. The message says what to do. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen'
}

/**
 * Listens, then takes over the runs that an earlier process left. Stops at SIGTERM or SIGINT.
 * @throws {CannotListen}
 */
export async function serve({ app, service, host, port, log, signals = process }: ServeDeps): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch })
  const url = await listen(server, host, port)
  log('info', 'listening', { url })
  const resumed = await service.runs.resume()
  if (resumed > 0) log('info', 'runs of an earlier process are taken up again', { runs: resumed })

  let end: () => void = () => undefined
  const stopped = new Promise<void>((done) => {
    end = done
  })
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= shutDown().finally(end)
    return stopping
  }
  const onSignal = () => {
    stop().catch((error: unknown) => log('error', 'stopping failed', { error: String(error) }))
  }
  async function shutDown(): Promise<void> {
    // A second signal ends the process at once.
    signals.off('SIGTERM', onSignal)
    signals.off('SIGINT', onSignal)
    log('info', 'stopping', {})
    const closed = closeGently(server)
    // A client that follows a run would hold its connection. It comes back to the next process with its last id.
    service.live?.close()
    // Interrupts the runs under way, so that requests that wait for them are answered (202).
    await service.runs.close()
    await closed
    await service.close()
    log('info', 'stopped', {})
  }
  signals.once('SIGTERM', onSignal)
  signals.once('SIGINT', onSignal)
  return { url, stop, stopped }
}

/** Takes no more connections. Closes open ones as soon as they are idle, and all of them after {@link GRACE_MS}. */
async function closeGently(server: ServerType): Promise<void> {
  const sweep = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), SWEEP_MS)
  const force = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), GRACE_MS)
  await new Promise<void>((done) => server.close(() => done()))
  clearInterval(sweep)
  clearTimeout(force)
}

async function listen(server: ServerType, host: string, port: number): Promise<string> {
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(new CannotListen(explain(error, host, port), { cause: error })),
    )
    server.listen(port, host, done)
  })
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
}

function explain({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} of ${host} is taken by another process; choose another with PORT, or 0 for a free one`
    case 'EACCES':
      return `this user may not listen on port ${port}; choose one above 1023 with PORT`
    case 'EADDRNOTAVAIL':
      return `${host} is no address of this machine; set LINERNOTES_HOST to 127.0.0.1, or to one that it has`
    default:
      return `cannot listen on ${host}:${port}: ${message}`
  }
}
