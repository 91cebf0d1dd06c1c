/** The stored part of an HTTP answer; `bytes` is after decompression. */
export interface Fetched {
  url: string
  status: number
  contentType: string | null
  /** ETag and Last-Modified as sent, for conditional requests and to detect changes. */
  validators: { etag: string | null; lastModified: string | null }
  bytes: Uint8Array
}

export interface FetchRequest {
  url: string
  /** Accepted prefixes of the content type, for example `text/`; an empty list accepts all. */
  accept: readonly string[]
  maxBytes: number
  timeoutMs: number
}

/** The only way to get a resource by URL. */
export interface Fetcher {
  /** @throws {FetchError} */
  fetch(request: FetchRequest, options?: { signal?: AbortSignal }): Promise<Fetched>
  /** A HEAD request with the same guards; null if the answer has neither ETag nor Last-Modified. @throws {FetchError} */
  validators(url: string, options?: { signal?: AbortSignal }): Promise<Fetched['validators'] | null>
}

export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly kind:
    | 'bad_url'
    | 'forbidden_address'
    | 'unreachable'
    | 'timeout'
    | 'too_large'
    | 'too_many_redirects'
    | 'content_type'
    | 'http_status'
    | 'disabled'
  readonly status: number | null
  constructor(kind: FetchError['kind'], message: string, status: number | null = null, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.status = status
  }
}
