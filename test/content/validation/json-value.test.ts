import { expect, it } from 'vitest'
import { z } from 'zod'
import { JsonValue } from '../../../src/content/validation/json-value.ts'

class Other {}

it('takes what z.json() takes, and nothing else', () => {
  const values: unknown[] = [
    ...[1, 'a', null, true, -0, [1, { a: [] }], Object.create(null), { '': { b: null } }],
    ...[undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, Symbol('x'), () => 1, new Date(0), new Map(), new Other()],
    ...[{ a: undefined }, { a: { b: Number.NaN } }, [undefined], new Array(2), [[new Other()]]],
  ]
  const taken = (schema: z.ZodType) => values.map((value) => schema.safeParse(value).success)
  expect(taken(JsonValue)).toEqual(taken(z.json()))
  expect(JsonValue.safeParse(1n).error?.issues).toMatchObject([{ message: 'Invalid input' }])
})
