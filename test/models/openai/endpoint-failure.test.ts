import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HttpFailure, MalformedAnswer, readFailure } from '../../../src/models/openai/endpoint-failure.ts'

const NOW = Date.parse('2026-05-04T10:00:00Z')
const status = (code: number, headers: Record<string, string> = {}, message = 'no') =>
  readFailure(new HttpFailure(code, new Headers(headers), message), NOW)
const named = (name: string, message: string, more: object = {}) =>
  readFailure(Object.assign(new Error(message), { name, ...more }), NOW)

describe('a status of an endpoint', () => {
  it.each([
    [401, 'unauthorised', false],
    [403, 'unauthorised', false],
    [408, 'timeout', true],
    [409, 'server', true],
    [429, 'rate_limited', true],
    [500, 'server', true],
    [503, 'server', true],
    [400, 'bad_request', false],
    [404, 'bad_request', false],
    [422, 'bad_request', false],
  ] as const)('%i is %s; another try makes sense: %s', (code, kind, retryable) => {
    expect(status(code)).toEqual({ kind, retryable, detail: `${code} no` })
  })

  it('is named once, also where the message begins with it', () => {
    expect(status(429, {}, '429 slow down').detail).toBe('429 slow down')
  })

  it('may come with the time to wait, as seconds or as a date', () => {
    const wait = (value: string) => status(429, { 'Retry-After': value }).retryAfterMs
    expect([wait('1.5'), wait('0'), wait('-3')]).toEqual([1500, 0, 0])
    expect(wait('Mon, 04 May 2026 10:00:07 GMT')).toBe(7000)
    expect(wait('Mon, 04 May 2026 09:00:00 GMT')).toBe(0)
    expect(wait('soon')).toBeUndefined()
    expect(status(503, { 'Retry-After': '2' })).toMatchObject({ kind: 'server', retryAfterMs: 2000 })
  })
})

describe('a request that is too long for the model', () => {
  it('is told by the code of the endpoint, by the name of the error, or by what servers without codes say', () => {
    for (const message of [
      "This model's maximum context length is 8192 tokens",
      'the request exceeds the context window',
      'exceeds the available context size',
    ])
      expect(status(400, {}, message)).toMatchObject({ kind: 'bad_request', retryable: false, tooLong: true })
    expect(named('Error', 'no', { status: 400, code: 'context_length_exceeded' }).tooLong).toBe(true)
    expect(named('ContextOverflowError', 'no')).toMatchObject({ kind: 'bad_request', retryable: false, tooLong: true })
    expect(status(400, {}, 'no such model').tooLong).toBeUndefined()
  })
})

describe('a failure without a status', () => {
  it('is a broken connection if the system or fetch says so, at any depth of causes; another try makes sense', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    expect(readFailure(new TypeError('fetch failed', { cause: refused }), NOW)).toEqual({
      kind: 'unreachable',
      detail: 'ECONNREFUSED',
      retryable: true,
    })
    expect(readFailure(new Error('outer', { cause: new Error('inner', { cause: refused }) }), NOW).kind).toBe(
      'unreachable',
    )
    expect(readFailure(new TypeError('terminated'), NOW)).toMatchObject({ kind: 'unreachable', detail: 'terminated' })
    expect(named('Error', 'x', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }).kind).toBe('unreachable')
    expect(named('Error', 'x', { code: 'invalid_prompt' }).kind).toBe('malformed')
  })

  it('is a time-out if it is called one', () => {
    expect(named('TimeoutError', 'too slow')).toMatchObject({ kind: 'timeout', retryable: true })
    expect(named('Error', 'Request timed out.')).toMatchObject({ kind: 'timeout', retryable: true })
  })

  it('is otherwise an answer that cannot be read, and is not tried again', () => {
    expect(readFailure(new MalformedAnswer('no choices'), NOW)).toEqual({
      kind: 'malformed',
      detail: 'no choices',
      retryable: false,
    })
    const shapeless = readFailure(new TypeError("Cannot read properties of undefined (reading 'message')"), NOW)
    expect(shapeless.detail).toBe('it has not the shape of one')
    expect(readFailure('a word', NOW)).toEqual({ kind: 'malformed', detail: 'a word', retryable: false })
  })

  it('is told in one bounded line without the help of a library, whatever was thrown', () => {
    expect(named('Error', 'no\n  such   thing\n\nTroubleshooting URL: https://docs.example/x\n').detail).toBe(
      'no such thing',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything({ withNullPrototype: false }),
          fc.string({ maxLength: 900 }).map((text) => new Error(text)),
        ),
        (thrown) => {
          fc.pre(!isUnprintable(thrown))
          const { detail } = readFailure(thrown, NOW)
          expect(detail.length).toBeLessThanOrEqual(310)
          expect(detail).not.toMatch(/[\n\r\t]/)
        },
      ),
    )
  })
})

/** Nobody throws an object that cannot be written as text. */
function isUnprintable(value: unknown): boolean {
  try {
    return String(value) === null
  } catch {
    return true
  }
}
