import { z } from 'zod'
import type { ModelError } from '../chat-model.ts'

/** An answer of an endpoint with a status of 400 or more. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure'
  readonly status: number
  readonly headers: Headers
  constructor(status: number, headers: Headers, message: string) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

/** The endpoint's answer does not follow its protocol. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer'
}

/** The failure of one attempt, in the port's terms. */
export interface Failure {
  kind: ModelError['kind']
  /** The message of the far side, in one line. */
  detail: string
  retryable: boolean
  /** The delay that `Retry-After` requests. */
  retryAfterMs?: number
  /** The request is too long for the model. */
  tooLong?: boolean
}

const Shape = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  status: z.int().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  headers: z.unknown().optional(),
  cause: z.unknown().optional(),
})

/**
 * Reads an error of `fetch`, of the OpenAI client or of a LangChain provider. A retry makes sense for 429, 408, 409 and 5xx,
 * time-outs and broken connections, but not for other statuses or unreadable answers.
 * @param now milliseconds since 1970, for a `Retry-After` that is a date.
 */
export function readFailure(error: unknown, now: number): Failure {
  const parsed = Shape.safeParse(error)
  if (!parsed.success) return { kind: 'malformed', detail: oneLine(String(error)), retryable: false }
  const { name, message, status, headers } = parsed.data
  const detail = oneLine(message)
  const tooLong = isContextOverflow(parsed.data) ? { tooLong: true } : {}
  if (status !== undefined) {
    const wait = retryAfter(headers, now)
    return {
      ...byStatus(status),
      detail: `${status} ${detail.replace(new RegExp(`^${status} `), '')}`,
      ...tooLong,
      ...wait,
    }
  }
  if (/timeout/i.test(name) || /^request timed out/i.test(message)) return { kind: 'timeout', detail, retryable: true }
  if (name === 'ContextOverflowError') return { kind: 'bad_request', detail, retryable: false, ...tooLong }
  const code = codeOf(error)
  if (code !== undefined || /^(fetch failed|terminated|connection error)/i.test(message)) {
    return { kind: 'unreachable', detail: code ?? detail, retryable: true }
  }
  // The client assumed an answer of its protocol and failed on a missing member.
  const shapeless = name === 'TypeError' && /^Cannot read propert/.test(message)
  return { kind: 'malformed', detail: shapeless ? 'it has not the shape of one' : detail, retryable: false }
}

/** Recognises the code of OpenAI's endpoints, or the messages of servers without codes. */
function isContextOverflow({ name, code, message }: z.infer<typeof Shape>): boolean {
  return (
    name === 'ContextOverflowError' ||
    code === 'context_length_exceeded' ||
    /context[_ ]length|maximum context|context (?:size|window)/i.test(message)
  )
}

function byStatus(status: number): Pick<Failure, 'kind' | 'retryable'> {
  if (status === 401 || status === 403) return { kind: 'unauthorised', retryable: false }
  if (status === 429) return { kind: 'rate_limited', retryable: true }
  if (status === 408) return { kind: 'timeout', retryable: true }
  if (status === 409) return { kind: 'server', retryable: true }
  if (status >= 500) return { kind: 'server', retryable: true }
  return { kind: 'bad_request', retryable: false }
}

/** Parses seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(headers: unknown, now: number): { retryAfterMs?: number } {
  const value = headers instanceof Headers ? headers.get('retry-after') : null
  if (value === null) return {}
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now
  return Number.isFinite(ms) ? { retryAfterMs: Math.max(0, Math.ceil(ms)) } : {}
}

/** The system's code (`ECONNREFUSED`) of an error or of its cause. */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; depth < 5; depth += 1) {
    const parsed = Shape.safeParse(at)
    if (!parsed.success) return undefined
    if (parsed.data.code && /^(E[A-Z]+|UND_ERR_\w+|CERT_\w+|\w*SELF_SIGNED\w*)$/.test(parsed.data.code)) {
      return parsed.data.code
    }
    at = parsed.data.cause
  }
  return undefined
}

function oneLine(text: string): string {
  // LangChain adds a link to its own help.
  const line = text
    .replace(/Troubleshooting URL: \S+/, '')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
