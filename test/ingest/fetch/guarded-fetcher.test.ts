import { createServer, type RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { FetchError } from '../../../src/ingest/fetch/fetcher.ts'
import { createFetcher } from '../../../src/ingest/fetch/guarded-fetcher.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<{ port: number; url: string; requests: string[] }> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { port } = address
  return { port, url: `http://127.0.0.1:${port}`, requests }
}

const open = createFetcher({ allowPrivate: true })
const guarded = createFetcher({ allowPrivate: false })
const get = (url: string, over: Partial<Parameters<typeof open.fetch>[0]> = {}) => ({
  url,
  accept: [],
  maxBytes: 10_000,
  timeoutMs: 5000,
  ...over,
})

async function refusal(promise: Promise<unknown>): Promise<FetchError> {
  const error = await promise.then(
    () => new Error('was fetched'),
    (reason: unknown) => reason,
  )
  if (error instanceof FetchError) return error
  throw error
}

describe('a fetched body', () => {
  it('comes decompressed, with its type, validators and final address', async () => {
    const { url, requests } = await serve((request, response) => {
      if (request.url === '/old') return response.writeHead(302, { location: '/new?sig=secret' }).end()
      response.writeHead(200, {
        'content-type': 'text/vtt; charset=utf-8',
        'content-encoding': 'gzip',
        etag: '"e1"',
        'last-modified': 'Fri, 09 Oct 2020 04:30:38 GMT',
      })
      return response.end(gzipSync('WEBVTT'))
    })
    const fetched = await open.fetch(get(`${url}/old`, { accept: ['text/'] }))
    expect(fetched).toEqual({
      url: `${url}/new?sig=secret`,
      status: 200,
      contentType: 'text/vtt; charset=utf-8',
      validators: { etag: '"e1"', lastModified: 'Fri, 09 Oct 2020 04:30:38 GMT' },
      bytes: Buffer.from('WEBVTT'),
    })
    expect(await open.validators(`${url}/new`)).toEqual({ etag: '"e1"', lastModified: 'Fri, 09 Oct 2020 04:30:38 GMT' })
    expect(requests).toEqual(['GET /old', 'GET /new?sig=secret', 'HEAD /new'])
  })

  it('has no validators if the server sends none, or fails', async () => {
    const { url } = await serve((request, response) =>
      response.writeHead(request.url === '/a' ? 200 : 500, request.url === '/a' ? {} : { etag: '"x"' }).end(),
    )
    expect(await open.validators(`${url}/a`)).toBeNull()
    expect(await open.validators(`${url}/b`)).toBeNull()
  })
})

describe('the bounds of a fetch', () => {
  it('stop a gzip bomb at the limit after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    expect(bomb.byteLength).toBeLessThan(60_000)
    expect(await refusal(open.fetch(get(url, { maxBytes: 100_000 })))).toMatchObject({ kind: 'too_large' })
  })

  it('refuse a body at once that announces to be too large', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '99999999' })
      response.flushHeaders()
    })
    expect(await refusal(open.fetch(get(url)))).toMatchObject({ kind: 'too_large' })
  })

  it('end the wait for a body that does not end in time', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200)
      response.write('a')
    })
    expect(await refusal(open.fetch(get(url, { timeoutMs: 100 })))).toMatchObject({ kind: 'timeout' })
  })

  it('leave an abort by the caller an abort', async () => {
    const controller = new AbortController()
    const { url } = await serve(() => controller.abort(new Error('cancelled')))
    await expect(open.fetch(get(url), { signal: controller.signal })).rejects.toThrow('cancelled')
  })

  it('allow only so many redirects', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(301, { location: '/again' }).end())
    expect(await refusal(createFetcher({ allowPrivate: true, maxRedirects: 2 }).fetch(get(url)))).toMatchObject({
      kind: 'too_many_redirects',
    })
    expect(requests).toHaveLength(3)
  })

  it('refuse a type that was not asked for, also if there is none', async () => {
    const { url } = await serve((request, response) =>
      response.writeHead(200, request.url === '/html' ? { 'content-type': 'text/html' } : {}).end('x'),
    )
    expect(await refusal(open.fetch(get(`${url}/html`, { accept: ['audio/', 'video/'] })))).toMatchObject({
      kind: 'content_type',
      message: expect.stringContaining('audio/ or video/'),
    })
    expect(await refusal(open.fetch(get(url, { accept: ['audio/'] })))).toMatchObject({ kind: 'content_type' })
  })

  it.each([404, 403, 429, 500, 304])('come with the meaning of a status %i', async (status) => {
    const { url } = await serve((_, response) => response.writeHead(status).end())
    const error = await refusal(open.fetch(get(`${url}/a?token=secret`)))
    expect(error).toMatchObject({ kind: 'http_status', status })
    expect(error.message).not.toContain('secret')
  })

  it('come with the reason if nobody answers, or if a connection breaks', async () => {
    const { port } = await serve((request) => request.socket.destroy())
    expect(await refusal(open.fetch(get(`http://127.0.0.1:${port}`)))).toMatchObject({ kind: 'unreachable' })
    const nowhere = createFetcher({ allowPrivate: true, lookup: async () => Promise.reject(new Error('ENOTFOUND')) })
    expect(await refusal(nowhere.fetch(get('http://nowhere.example')))).toMatchObject({ kind: 'unreachable' })
  })
})

describe('the guard of addresses', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '[::ffff:127.0.0.1]',
    '[::1]',
    '0.0.0.0',
    'localhost',
    'localhost.',
    'a.localhost',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '192.168.1.1',
    '[fd00::1]',
    '[fe80::1]',
    '[64:ff9b::7f00:1]',
    'metadata.google.internal',
  ])('refuses %s before anything is sent', async (host) => {
    const { port, requests } = await serve((_, response) => response.end('secret'))
    expect(await refusal(guarded.fetch(get(`http://${host}:${port}/`)))).toMatchObject({ kind: 'forbidden_address' })
    expect(await refusal(guarded.validators(`http://${host}:${port}/`))).toMatchObject({ kind: 'forbidden_address' })
    expect(requests).toEqual([])
  })

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0.0.0.0', 'localhost'])(
    'fetches from %s if that is allowed',
    async (host) => {
      const { port } = await serve((_, response) => response.end('ok'))
      const local = createFetcher({ allowPrivate: true, lookup: async () => [{ address: '127.0.0.1', family: 4 }] })
      expect(Buffer.from((await local.fetch(get(`http://${host}:${port}/`))).bytes).toString()).toBe('ok')
    },
  )

  it('never fetches from link-local addresses, where clouds keep credentials', async () => {
    expect(await refusal(open.fetch(get('http://169.254.169.254/latest')))).toMatchObject({ kind: 'forbidden_address' })
  })

  it('refuses a public name if one of its addresses is private', async () => {
    const { port, requests } = await serve((_, response) => response.end('secret'))
    const rebound = createFetcher({
      allowPrivate: false,
      lookup: async () => [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    })
    expect(await refusal(rebound.fetch(get(`http://public.example:${port}/`)))).toMatchObject({
      kind: 'forbidden_address',
    })
    expect(requests).toEqual([])
  })

  it('checks every redirect', async () => {
    const { port, requests, url } = await serve((_, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    )
    expect(await refusal(open.fetch(get(url)))).toMatchObject({ kind: 'forbidden_address' })
    expect(requests).toHaveLength(1)
    const file = await serve((_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end())
    expect(await refusal(open.fetch(get(file.url)))).toMatchObject({ kind: 'bad_url' })
    expect(port).toBeGreaterThan(0)
  })

  it.each([
    'file:///etc/passwd',
    'ftp://example.com/',
    'data:text/plain,x',
    'nonsense',
    '',
    'http://user:pass@example.com/',
  ])('refuses the URL "%s"', async (url) => {
    const error = await refusal(open.fetch(get(url)))
    expect(error.kind).toBe('bad_url')
    expect(error.message).not.toContain('pass@')
  })
})
