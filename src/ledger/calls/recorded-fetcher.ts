import { z } from 'zod'
import { withoutSignature } from '../../content/signed-url.ts'
import type { Fetched, Fetcher } from '../../ingest/fetch/fetcher.ts'
import type { Scope } from '../ledger-session.ts'

const RecordedFetch = z.object({
  url: z.string(),
  status: z.int(),
  contentType: z.string().nullable(),
  validators: z.object({ etag: z.string().nullable(), lastModified: z.string().nullable() }),
  /** Bytes as base64: a transcript may be in any encoding. */
  body: z.string(),
})
const Validators = RecordedFetch.shape.validators.nullable()

/** Makes a fetcher whose calls are exchanges of a step. */
export function recordedFetcher(fetcher: Fetcher, scope: Scope, signal: AbortSignal): Fetcher {
  return {
    async fetch(request) {
      const recorded = await scope.exchange({
        kind: 'fetch',
        request: {
          method: 'GET',
          url: withoutSignature(request.url),
          accept: request.accept,
          maxBytes: request.maxBytes,
        },
        perform: async () => encode(await fetcher.fetch(request, { signal })),
        costly: true,
        read: (json) => RecordedFetch.parse(json),
      })
      const { body, ...rest } = recorded
      return { ...rest, bytes: Buffer.from(body, 'base64') }
    },
    validators: (url) =>
      scope.exchange({
        kind: 'fetch',
        request: { method: 'HEAD', url: withoutSignature(url) },
        perform: () => fetcher.validators(url, { signal }),
        costly: false,
        read: (json) => Validators.parse(json),
      }),
  }
}

/** The address after redirects is stored without its signature, too. */
function encode({ bytes, url, ...rest }: Fetched): z.infer<typeof RecordedFetch> {
  return { ...rest, url: withoutSignature(url), body: Buffer.from(bytes).toString('base64') }
}
