import type { Config } from '../../config.ts'
import { failed } from '../terminal/exit-code.ts'

/** The API of whoever owns the data folder: a server's, or this process's own. */
export interface Connection {
  /** The server's address; null where this process owns the folder. */
  readonly server: string | null
  /** Sends a request to a path of the API. */
  send(path: string, init?: RequestInit): Promise<Response>
  /** Takes up runs that were interrupted, and says how many; a server has done so when it started. */
  resume(): Promise<number>
  /** Interrupts what is under way in this process (it is taken up again later); a server's runs go on. */
  close(): Promise<void>
}

export interface ConnectOptions {
  config: Config
  signal: AbortSignal
  /** Takes what the service says while it works. */
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>): void
  /** Something is going to be understood: if this process has to do it, its threads start at once. */
  prepare?: boolean
}

/**
 * Opens the data folder, or talks to the server that has it: both answer the same requests, with the same code.
 * @throws {DatabaseError} `locked` after 10 s where another process that is no server keeps the folder, and those of opening it.
 */
export async function connect({ config, signal, log, prepare = false }: ConnectOptions): Promise<Connection> {
  const { acquireLock } = await import('../../database/folder/folder-lock.ts')
  const result = await acquireLock(config.LINERNOTES_DATA_DIR, { signal })
  if (result.kind === 'served') {
    await awaitSign(result.url, { signal })
    return serverConnection(result)
  }
  const { lock } = result
  try {
    // The engine and the threads start while the rest is loaded.
    const [service, { createApp }, { productVersion }] = await Promise.all([
      import('../../compose.ts').then(({ compose }) => compose(config, { lock }, log, { prepare })),
      import('../../http/app.ts'),
      import('../product-version.ts'),
    ])
    const app = createApp({ service, log, version: productVersion() })
    return {
      server: null,
      send: async (path, init) => app.fetch(new Request(new URL(path, 'http://127.0.0.1'), init)),
      resume: () => service.runs.resume(),
      async close() {
        await service.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** A server that is busy answers within moments; one that was stopped, or hangs, takes connections and never answers. */
const SIGN_OF_LIFE_MS = 10_000

/**
 * Resolves when the server has answered anything, or cannot be reached (which is said better of the request that matters).
 * @throws {CliError} where it takes longer than `waitMs`.
 */
export async function awaitSign(
  url: string,
  { signal, waitMs = SIGN_OF_LIFE_MS, send = fetch }: { signal: AbortSignal; waitMs?: number; send?: typeof fetch },
): Promise<void> {
  const late = AbortSignal.timeout(waitMs)
  try {
    const sign = await send(new URL('/health/live', url), { signal: AbortSignal.any([signal, late]) })
    await sign.body?.cancel()
  } catch {
    signal.throwIfAborted()
    if (late.aborted)
      throw failed(
        `the server at ${url}, which has the data folder, has not answered for ${waitMs / 1000} s; end it and start it again, nothing is lost`,
      )
  }
}

/** Commands go to the server with the token that only readers of the folder know. */
export function serverConnection(
  { url, token }: { url: string; token: string },
  send: typeof fetch = fetch,
): Connection {
  return {
    server: url,
    send(path, init = {}) {
      const headers = new Headers(init.headers)
      headers.set('authorization', `Bearer ${token}`)
      return send(new URL(path, url), { ...init, headers })
    },
    resume: async () => 0,
    close: async () => {},
  }
}
