/** What is kept of an HTTP answer; `bytes` is after decompression. */
export interface Fetched {
  url: string
  status: number
  contentType: string | null
  /** For conditional requests and for "is it what it was?": ETag and Last-Modified as sent. */
  validators: { etag: string | null; lastModified: string | null }
  bytes: Uint8Array
}

export interface FetchRequest {
  url: string
  /** Content-type prefixes that are acceptable, for example `text/`; empty accepts all. */
  accept: readonly string[]
  maxBytes: number
  timeoutMs: number
}

/** The one way to get anything by URL. */
export interface Fetcher {
  /** @throws {FetchError} */
  fetch(request: FetchRequest, options?: { signal?: AbortSignal }): Promise<Fetched>
  /** HEAD with the same guards; null where the server does not tell. @throws {FetchError} */
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
