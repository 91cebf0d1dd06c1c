import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareJson } from '../../src/ledger/compare-json.ts'
import { type PatchOperation, patchBetween } from '../../src/ledger/json-patch.ts'

/** RFC 6902 as it stands, for `add`, `replace` and `remove`. */
function apply(document: unknown, patch: readonly PatchOperation[]): unknown {
  const root: { value: unknown } = { value: structuredClone(document) }
  for (const operation of patch) {
    const tokens = ['value', ...operation.path.split('/').slice(1).map(unescapeToken)]
    const last = tokens.pop() ?? ''
    let parent: unknown = root
    for (const token of tokens) parent = member(parent, token)
    if (Array.isArray(parent)) {
      const at = Number(last)
      if (at > parent.length || (operation.op !== 'add' && at === parent.length)) throw new Error(`no place ${last}`)
      if (operation.op === 'add') parent.splice(at, 0, operation.value)
      else if (operation.op === 'remove') parent.splice(at, 1)
      else parent[at] = operation.value
    } else if (typeof parent === 'object' && parent !== null) {
      if (operation.op !== 'add' && !Object.hasOwn(parent, last)) throw new Error(`no member ${last}`)
      if (operation.op === 'remove') Reflect.deleteProperty(parent, last)
      else
        Object.defineProperty(parent, last, {
          value: operation.value,
          enumerable: true,
          writable: true,
          configurable: true,
        })
    } else throw new Error(`${operation.path} has no parent`)
  }
  return root.value
}

const unescapeToken = (token: string) => token.replaceAll('~1', '/').replaceAll('~0', '~')
const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined

/** JSON with keys that trip: members of every object's prototype, the empty key, the escapes of pointers. */
const key = fc.oneof(fc.constantFrom('constructor', '__proto__', 'toString', '', '~', '/', '~1', 'a', 'b'), fc.string())
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, 1, 'text'),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value

describe('a JSON Patch', () => {
  it('applied to what was before gives what is after', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(JSON.stringify(sorted(apply(before, patchBetween(before, after))))).toBe(JSON.stringify(sorted(after)))
      }),
      { numRuns: 1000 },
    )
  })

  it('is empty where nothing differs, and only there', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(patchBetween(before, structuredClone(before))).toEqual([])
        const same = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after))
        expect(patchBetween(before, after).length === 0).toBe(same)
      }),
    )
  })

  it('names places by JSON pointers and takes out from the end', () => {
    expect(patchBetween({ a: [1, 2, 3], 'x/y': 1, gone: 0 }, { a: [1], 'x/y': 2, new: [] })).toEqual([
      { op: 'replace', path: '/x~1y', value: 2 },
      { op: 'add', path: '/new', value: [] },
      { op: 'remove', path: '/gone' },
      { op: 'remove', path: '/a/2' },
      { op: 'remove', path: '/a/1' },
    ])
    expect(patchBetween([1], { a: 1 })).toEqual([{ op: 'replace', path: '', value: { a: 1 } }])
  })
})

describe('a comparison', () => {
  it('passes over what is named, at every depth, and sees members that every object inherits', () => {
    expect(compareJson({ ms: 1, a: { ms: 2, b: 3 } }, { ms: 4, a: { ms: 5, b: 6 } }, new Set(['ms']))).toEqual([
      { pointer: '/a/b', was: 3, is: 6 },
    ])
    expect(compareJson({}, { constructor: 'a name' })).toEqual([
      { pointer: '/constructor', was: undefined, is: 'a name' },
    ])
  })
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  )
}
