import type { LookupAddress } from 'node:dns'
import { lookup as dnsLookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { Agent, fetch, type Response } from 'undici'
import { checkAddresses, checkUrl, type Lookup, showUrl } from './address-guard.ts'
import { FetchError, type Fetched, type Fetcher, type FetchRequest } from './fetcher.ts'

export interface FetcherOptions {
  /** Allows loopback and private networks. */
  allowPrivate: boolean
  userAgent?: string
  maxRedirects?: number
  lookup?: Lookup
}

const HEAD_TIMEOUT_MS = 10_000
const REDIRECTS = new Set([301, 302, 303, 307, 308])

const resolveAll: Lookup = (hostname) => dnsLookup(hostname, { all: true, verbatim: true })

/** undici connects to the address that this returns and does not resolve the name again, so the address cannot change after the check. */
function guardedLookup(lookup: Lookup, allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname)
      .then((addresses) => {
        checkAddresses(hostname, addresses, allowPrivate)
        const family = options.family === 4 || options.family === 6 ? options.family : 0
        const fitting = family === 0 ? [...addresses] : addresses.filter((entry) => entry.family === family)
        return answer(hostname, fitting)
      })
      .then(
        ({ first, all }) => (options.all === true ? callback(null, all) : callback(null, first.address, first.family)),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
      )
  }
}

function answer(hostname: string, all: LookupAddress[]): { first: LookupAddress; all: LookupAddress[] } {
  const first = all[0]
  if (first === undefined) throw new FetchError('unreachable', `"${hostname}" has no address.`)
  return { first, all }
}

/** Converts an error of the HTTP client to a {@link FetchError}. An abort by the caller stays an abort. */
function explain(
  error: unknown,
  url: URL,
  timeout: AbortSignal,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): unknown {
  if (error instanceof FetchError) return error
  if (signal?.aborted === true) return signal.reason
  if (timeout.aborted)
    return new FetchError('timeout', `${showUrl(url)} did not answer in full within ${timeoutMs} ms.`, null, {
      cause: error,
    })
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof FetchError) return cause
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new FetchError('unreachable', `${showUrl(url)} cannot be reached or broke off${code}.`, null, { cause: error })
}

function statusError(status: number, url: URL): FetchError {
  const hint =
    status === 404 || status === 410
      ? 'it is not there (any more)'
      : status === 401 || status === 403
        ? 'access is refused'
        : status === 429
          ? 'too many requests; try again later'
          : status >= 500
            ? 'the server failed; try again later'
            : 'unexpected'
  return new FetchError('http_status', `${showUrl(url)} answered ${status}: ${hint}.`, status)
}

const validatorsOf = (response: Response): Fetched['validators'] => ({
  etag: response.headers.get('etag'),
  lastModified: response.headers.get('last-modified'),
})

/** Reads a body that is decompressed chunk by chunk, and stops at a number of bytes. */
async function readBody(response: Response, url: URL, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new FetchError('too_large', `${showUrl(url)} is larger than ${maxBytes} bytes.`)
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (response.headers.get('content-encoding') === null && announced > maxBytes) {
    await response.body?.cancel()
    throw tooLarge()
  }
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the stream, and with it the transfer.
  for await (const chunk of response.body ?? []) {
    if (!(chunk instanceof Uint8Array)) continue
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

/**
 * The only way to get a resource by URL. It allows http and https, and only public addresses unless configured otherwise. It
 * checks them before connecting, after name resolution and at every redirect, and bounds redirects, time, and bytes after
 * decompression.
 */
export function createFetcher(options: FetcherOptions): Fetcher {
  const { allowPrivate, userAgent = 'linernotes', maxRedirects = 5, lookup = resolveAll } = options
  const agent = new Agent({ connect: { lookup: guardedLookup(lookup, allowPrivate) }, maxHeaderSize: 32 * 1024 })

  async function follow(raw: string, method: 'GET' | 'HEAD', signal: AbortSignal, at: { url: URL }): Promise<Response> {
    for (let hops = 0; ; hops++) {
      const headers = { 'user-agent': userAgent, accept: '*/*' }
      const response = await fetch(at.url, { method, headers, redirect: 'manual', dispatcher: agent, signal })
      const location = response.headers.get('location')
      if (!REDIRECTS.has(response.status) || location === null) return response
      await response.body?.cancel()
      if (hops >= maxRedirects)
        throw new FetchError('too_many_redirects', `${raw.slice(0, 200)} redirects more than ${maxRedirects} times.`)
      at.url = checkUrl(location, at.url, allowPrivate)
    }
  }

  async function bounded<T>(
    raw: string,
    timeoutMs: number,
    signal: AbortSignal | undefined,
    method: 'GET' | 'HEAD',
    use: (response: Response, url: URL) => Promise<T>,
  ): Promise<T> {
    const at = { url: checkUrl(raw, undefined, allowPrivate) }
    const timeout = AbortSignal.timeout(timeoutMs)
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout])
    try {
      return await use(await follow(raw, method, either, at), at.url)
    } catch (error) {
      throw explain(error, at.url, timeout, timeoutMs, signal)
    }
  }

  return {
    fetch: ({ url: raw, accept, maxBytes, timeoutMs }: FetchRequest, { signal } = {}) =>
      bounded(raw, timeoutMs, signal, 'GET', async (response, url) => {
        const contentType = response.headers.get('content-type')
        const acceptable =
          accept.length === 0 || accept.some((prefix) => contentType?.toLowerCase().startsWith(prefix.toLowerCase()))
        if (!response.ok || !acceptable) await response.body?.cancel()
        if (!response.ok) throw statusError(response.status, url)
        if (!acceptable)
          throw new FetchError(
            'content_type',
            `${showUrl(url)} is "${contentType ?? 'of no type'}"; expected ${accept.join(' or ')}.`,
          )
        const bytes = await readBody(response, url, maxBytes)
        return { url: url.href, status: response.status, contentType, validators: validatorsOf(response), bytes }
      }),
    validators: (raw, { signal } = {}) =>
      bounded(raw, HEAD_TIMEOUT_MS, signal, 'HEAD', async (response) => {
        await response.body?.cancel()
        const { etag, lastModified } = validatorsOf(response)
        return response.ok && (etag !== null || lastModified !== null) ? { etag, lastModified } : null
      }),
  }
}
