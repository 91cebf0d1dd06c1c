import { QdrantClient } from '@qdrant/js-client-rest'
import { z } from 'zod'
import { SimilarityUnavailable } from '../similarity-index.ts'
import { isRepeatable, readFailure, toSimilarityError } from './qdrant-errors.ts'

export interface QdrantOptions {
  /** `http://` or `https://`; the default port is 6333; a path becomes a prefix. */
  url: string
  apiKey?: string | undefined
  /** The time-out of one request, in ms. */
  timeoutMs?: number
  /** The pauses in ms before a request with a failed connection is sent again; there is one repetition for each pause. */
  retryDelaysMs?: readonly number[]
}

export interface QdrantConnection {
  url: string
  client: QdrantClient
  /** Makes a call that may be repeated. `doing` appears in error messages. @throws {SimilarityError} */
  call<T>(doing: string, request: () => Promise<T>): Promise<T>
  /** Makes a call that writes, and returns only when its changes are visible. @throws {SimilarityError} */
  write(doing: string, request: () => Promise<{ status: string }>): Promise<void>
  /** The server's version, with warnings about it. @throws {SimilarityError} */
  version(): Promise<{ version: string; warnings: readonly string[] }>
}

/** The used part of the answer to `GET /`. */
const Version = z.object({ version: z.string() })

/** Creates the client and avoids its traps. @throws {TypeError} for a bad url. */
export function connectQdrant({ apiKey, ...options }: QdrantOptions): QdrantConnection {
  const { timeoutMs = 10_000, retryDelaysMs = [100, 500, 1500] } = options
  const { url, port, prefix } = readUrl(options.url)
  const client = new QdrantClient({
    url,
    port,
    prefix,
    timeout: timeoutMs,
    checkCompatibility: false, // It would only print; `ping` checks the version.
    headers: {
      // Compressed answers leave the server in two segments, and the second waits for a delayed ACK: 25-44 ms instead of 3.5 ms.
      'accept-encoding': 'identity',
      // We do not use `apiKey`, because the client then prints a warning; `ping` warns instead.
      ...(apiKey === undefined ? {} : { 'api-key': apiKey }),
    },
  })

  async function call<T>(doing: string, request: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await request()
      } catch (error) {
        const pause = retryDelaysMs[attempt]
        if (pause === undefined || !isRepeatable(readFailure(error)))
          throw toSimilarityError(error, { doing, url: options.url, timeoutMs })
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }

  async function write(doing: string, request: () => Promise<{ status: string }>): Promise<void> {
    const { status } = await call(doing, request)
    // `acknowledged` and `wait_timeout` come with HTTP 200, but the points may become visible only later.
    if (status !== 'completed')
      throw new SimilarityUnavailable(
        `Qdrant at ${options.url} did not finish a write in time: ${status} (${doing}); try again later`,
      )
  }

  async function version() {
    const answer = await call('asking for the version', async () => Version.parse(await client.versionInfo()))
    return { ...answer, warnings: qdrantWarnings({ ...answer, url: options.url, hasKey: apiKey !== undefined }) }
  }

  return { url: options.url, client, call, write, version }
}

/** The client silently drops a path from a url, and it treats the scheme's default port as no port. */
function readUrl(text: string): { url: string; port: number; prefix: string } {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new TypeError(`QDRANT_URL must begin with http:// or https://, got ${JSON.stringify(text)}`)
  const parsed = new URL(text)
  if (parsed.username !== '' || parsed.password !== '')
    throw new TypeError('QDRANT_URL must not contain credentials; use QDRANT_API_KEY')
  const explicit = /^https?:\/\/[^/?#]*:(\d+)(?:[/?#]|$)/i.exec(text)?.[1]
  return {
    url: parsed.origin,
    port: explicit === undefined ? 6333 : Number(explicit),
    prefix: parsed.pathname.replace(/\/+$/, ''),
  }
}

/** The minor version of Qdrant 1 that this adapter was tested against. The versions directly before and after should work. */
const TESTED_MINOR = 18

/** Warnings about this server, for people. The client's own check only prints, and only for a reachable server. */
export function qdrantWarnings(server: { version: string; url: string; hasKey: boolean }): string[] {
  const warnings: string[] = []
  const [major, minor] = server.version.split('.').map(Number)
  if (major !== 1 || minor === undefined || !(Math.abs(minor - TESTED_MINOR) <= 1))
    warnings.push(
      `tested with Qdrant 1.${TESTED_MINOR}, this is ${server.version}: expect refused requests, or upgrade`,
    )
  const { protocol, hostname } = new URL(server.url)
  if (server.hasKey && protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    warnings.push(
      'QDRANT_API_KEY travels unencrypted: use https in QDRANT_URL, or keep the server in a private network',
    )
  return warnings
}
