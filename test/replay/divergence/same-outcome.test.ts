import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, expand } from '../../../src/ledger/canonical.ts'
import { sameOutcome } from '../../../src/replay/divergence/same-outcome.ts'
import { compareOutcome } from '../../../src/trace/compare-outcome.ts'

/** Small values, so that two of them are often the same, with times, long strings and keys that look like blobs. */
const value = fc.letrec((tie) => ({
  leaf: fc.constantFrom(0, -0, 1, 'a', '', 'long '.repeat(200), '\ud800', null, true, undefined),
  node: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('ms', 'seq', 'x', 'y', '$blob', '$$blob'), tie('node'), { maxKeys: 3 }),
  ),
})).node

describe('the same outcome', () => {
  it('is said only where a whole comparison finds no difference, and always of a value and its record', () => {
    fc.assert(
      fc.property(value, value, (was, is) => {
        const [record, now] = [canonical(was), canonical(is)]
        const read = ({ json, blobs }: typeof record) =>
          expand(json, (hash) => blobs.find((blob) => blob.hash === hash)?.text)
        const blob = (hash: string) => record.blobs.find((each) => each.hash === hash)?.text
        const { telling, provenance } = compareOutcome(read(record), read(now))
        if (sameOutcome(JSON.parse(record.json), is, blob)) expect([...telling, ...provenance]).toEqual([])
      }),
    )
    const update = {
      drafts: { topics: { ms: 4, text: 'long '.repeat(200), refs: [{ segment: 1, quote: undefined }] } },
    }
    const record = canonical(update)
    const blob = (hash: string) => record.blobs.find((each) => each.hash === hash)?.text
    const later = { drafts: { topics: { ...update.drafts.topics, ms: 9 } } }
    expect(sameOutcome(JSON.parse(record.json), later, blob)).toBe(true)
    expect(sameOutcome(JSON.parse(record.json), { drafts: {} }, blob)).toBe(false)
  })
})
