import { STATUS_CODES } from 'node:http'
import type { Mistake } from '../schemas/problem-schemas.ts'

/** What can be wrong with a request or its run. The name is the last part of the problem's `type`. HTTP status and title follow. */
const PROBLEMS = {
  'bad-request': [400, 'The request cannot be understood'],
  'bad-cursor': [400, 'The cursor is not one of this listing'],
  'not-json': [400, 'The body is not JSON'],
  'too-deep': [400, 'The body is nested too deeply'],
  'cross-site': [403, 'Requests from other sites are refused'],
  'not-found': [404, 'There is nothing at this address'],
  'not-published': [404, 'Nothing is published of this item yet'],
  'method-not-allowed': [405, 'This address does not take this method'],
  'not-acceptable': [406, 'There is no such format'],
  'key-in-use': [422, 'The idempotency key belongs to another request'],
  'already-decided': [409, 'The review was decided before'],
  'run-cancelled': [409, 'The run was cancelled'],
  'run-unfinished': [409, 'The run is not over yet'],
  'not-recordable': [409, 'There is no whole recording of this run'],
  'too-large': [413, 'The body is too large'],
  'not-json-type': [415, 'The body must be sent as application/json'],
  encoded: [415, 'The body must be sent uncompressed'],
  'unknown-host': [421, 'This server does not answer for that host'],
  schema: [422, 'The body does not fit its schema'],
  'bad-decision': [422, 'The decision does not make a label'],
  'run-failed': [500, 'The run failed'],
  'replay-failed': [500, 'The replay failed'],
  internal: [500, 'Something went wrong in the server'],
  'similarity-unavailable': [503, 'The similarity index does not answer'],
  'embedding-failed': [502, 'The embedding model did not answer'],
  'database-unavailable': [503, 'The database does not answer'],
} as const satisfies Record<string, readonly [number, string]>
export type ProblemName = keyof typeof PROBLEMS

export interface ProblemExtras {
  /** What a program may ask next. It is the end of the problem document's detail. Pages have links instead. */
  next?: string
  errors?: readonly Mistake[]
  headers?: Readonly<Record<string, string>>
  /** More members of the document. */
  members?: Readonly<Record<string, string>>
}

/**
 * Thrown by routes and guards, and answered as `application/problem+json`. Its kind is a name, or the HTTP status if nothing more is known
 * (RFC 9457, 4.2.1).
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly kind: ProblemName | number
  readonly extras: ProblemExtras
  constructor(kind: ProblemName | number, detail: string, extras: ProblemExtras = {}) {
    super(detail)
    this.kind = kind
    this.extras = extras
  }

  get status(): number {
    return typeof this.kind === 'number' ? this.kind : PROBLEMS[this.kind][0]
  }

  get title(): string {
    return typeof this.kind === 'number' ? (STATUS_CODES[this.kind] ?? 'Refused') : PROBLEMS[this.kind][1]
  }

  get type(): string {
    return typeof this.kind === 'number' ? 'about:blank' : `/problems/${this.kind}`
  }

  toResponse(): Response {
    const { type, status, title } = this
    const { next, errors, headers, members } = this.extras
    const body = {
      type,
      title,
      status,
      detail: next === undefined ? this.message : `${this.message}; ${next}`,
      ...members,
      ...(errors && { errors }),
    }
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    })
  }
}
