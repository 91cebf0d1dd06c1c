import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/content/text/hash.ts'
import { canonical, expand, LIFT_AT, liftedHashes } from '../../src/ledger/canonical.ts'

const values = fc.jsonValue({ maxDepth: 4 })
/** Objects whose keys look like the marks of the canonical form itself. */
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.constant(sha256('x')),
    fc.constantFrom('x'.repeat(LIFT_AT - 1), 'x'.repeat(LIFT_AT), 'ü'.repeat(LIFT_AT + 1)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('$blob', '$$blob', '$$$blob', 'blob', '$', 'a'), tie('value')),
  ),
})).value

function roundTrip(value: unknown): unknown {
  const { json, blobs } = canonical(value)
  return expand(json, (hash) => blobs.find((blob) => blob.hash === hash)?.text)
}

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, shuffled(entry)]),
  )
}

describe('the canonical form', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(canonical(shuffled(value)).hash).toBe(canonical(value).hash)
      }),
    )
    expect(canonical({ b: 1, a: { d: 2, c: 3 } }).json).toBe('{"a":{"c":3,"d":2},"b":1}')
  })

  it('gives back what went in, keys that look like its own marks included', () => {
    fc.assert(
      fc.property(fc.oneof(values, hostile), (value) => {
        const wellFormed = JSON.parse(
          JSON.stringify(value, (_, v: unknown) => (typeof v === 'string' ? v.toWellFormed() : v)),
        )
        expect(roundTrip(value)).toEqual(wellFormed)
      }),
    )
    expect(roundTrip({ $blob: sha256('x') })).toEqual({ $blob: sha256('x') })
  })

  it('drops undefined and keeps null', () => {
    expect(canonical({ a: undefined, b: null }).json).toBe('{"b":null}')
    expect(canonical(undefined).json).toBe('null')
  })

  it('takes lone surrogates for U+FFFD, in keys and values, so that text and hash agree', () => {
    expect(canonical({ '\ud800': 'a\udc00' }).json).toBe('{"\ufffd":"a\ufffd"}')
    expect(canonical('\ud83d').hash).toBe(canonical('\ufffd').hash)
    expect(canonical('\ud83d\ude00').json).toBe('"😀"')
  })

  it(`lifts strings of ${LIFT_AT} units, each stored once under the hash of its text`, () => {
    const long = 'a'.repeat(LIFT_AT)
    const { json, hash, blobs } = canonical({ one: long, two: [long], short: long.slice(1) })
    expect(JSON.parse(json)).toEqual({
      one: { $blob: sha256(long) },
      two: [{ $blob: sha256(long) }],
      short: long.slice(1),
    })
    expect(new Set(blobs.map((blob) => blob.hash))).toEqual(new Set([sha256(long), hash]))
    expect(liftedHashes(json)).toEqual([sha256(long)])
    for (const blob of blobs) expect(sha256(blob.text)).toBe(blob.hash)
  })

  it('leaves the mark of a blob that is not there', () => {
    const { json } = canonical(['a'.repeat(LIFT_AT)])
    expect(expand(json, () => undefined)).toEqual([{ $blob: sha256('a'.repeat(LIFT_AT)) }])
  })

  it('has the same hash as long as nobody changes the form: recordings of today are read tomorrow', () => {
    expect(canonical({ model: 'm', messages: [{ role: 'user', content: 'é' }], n: 1.0, big: 1e21 }).hash).toBe(
      sha256('{"big":1e+21,"messages":[{"content":"é","role":"user"}],"model":"m","n":1}'),
    )
    // Keys are sorted as they are written, not as they were given.
    expect(canonical({ $a: 1, $blob: 2, '\ud83d': 3, '\uf000': 4 }).json).toBe(
      '{"$$blob":2,"$a":1,"\uf000":4,"\ufffd":3}',
    )
  })
})

describe('RFC 8785', () => {
  it('is followed as the reference implementation does', () => {
    const value = fc.jsonValue({ maxDepth: 4 })
    fc.assert(
      fc.property(value, (given) => {
        const short = JSON.parse(JSON.stringify(given).replaceAll('$', 'S'))
        expect(canonical(short).json).toBe(canonicalize(short))
      }),
    )
    for (const number of [0, -0, 1e21, 1e-7, 4.5, 2e-3, 0.000001, 1e30]) {
      expect(canonical({ number }).json).toBe(canonicalize({ number }))
    }
  })
})
