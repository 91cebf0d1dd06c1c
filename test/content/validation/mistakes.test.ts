import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { firstMistake, mistakesIn, pointerTo } from '../../../src/content/validation/mistakes.ts'

/** What zod says of itself, which nobody should be told who does not know zod. */
const ZODS = /invalid|expected|received|NaN|too (?:small|big)|unrecognized|>=|<=|\bint\b/i

const whole = z.coerce.number().int().min(1).max(200)
const closed = z.strictObject({ kind: z.enum(['talk', 'song']), parent: z.strictObject({ id: z.string() }).optional() })

describe('a mistake', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a number that is none', whole, 'abc', 'must be a whole number from 1 to 200'],
    ['a number that is too small', whole, '0', 'must be a whole number from 1 to 200'],
    ['a number that is too large, twice over', whole, 1e300, 'must be a whole number from 1 to 200'],
    ['a number with a fraction', z.int().min(0), 1.5, 'must be a whole number from 0'],
    ['a number of no range', z.number(), 'x', 'must be a number'],
    ['a number with a limit', z.number().max(5), 6, 'must be a number up to 5'],
    ['a whole number', z.int(), 'x', 'must be a whole number'],
    ['a text', z.string(), 5, 'must be a string'],
    ['an empty text', z.string().min(1), '', 'must not be empty'],
    ['a short text', z.string().min(3), 'a', 'must have at least 3 characters'],
    ['a long text', z.string().max(3), 'aaaa', 'must have at most 3 characters'],
    ['a long list', z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entry'],
    ['a list', z.array(z.string()), 'a', 'must be a list'],
    ['an object', closed, [], 'must be an object'],
    ['a record', z.record(z.string(), z.string()), 5, 'must be an object'],
    ['yes or no', z.boolean(), 'x', 'must be true or false'],
    ['yes or no as text', z.stringbool(), 'x', 'must be true or false'],
    ['a choice', z.enum(['talk', 'song']), 'opera', 'must be one of talk, song'],
    ['a choice of one', z.literal('chat'), 'x', 'must be "chat"'],
    ['a time', z.iso.datetime(), 'noon', 'must be a time with its zone, such as 2026-01-31T08:00:00Z'],
    ['a time that is a number', z.iso.datetime(), 5, 'must be a time with its zone, such as 2026-01-31T08:00:00Z'],
    ['a day', z.iso.date(), 'today', 'must be a day, such as 2026-01-31'],
    ['a URL', z.url(), 'x', 'must be a URL'],
    ['a UUID', z.uuid(), 'x', 'must be a UUID'],
    ['a pattern', z.string().regex(/^[a-z]+$/), '5', 'must be of the form /^[a-z]+$/'],
    ['one of several', z.union([z.string(), z.boolean()]), 5, 'must be a string, or must be true or false'],
    ['a multiple', z.number().multipleOf(5), 6, 'must be a multiple of 5'],
    ['what the schema has words for', z.string('say who'), 5, 'say who'],
  ])('of %s says what is allowed', (_, schema, given, message) => {
    expect(mistakesIn(schema, given)).toMatchObject([{ path: [], message }])
    expect(message).not.toMatch(ZODS)
  })

  it('says what is missing, and what should stand there', () => {
    expect(firstMistake(closed, {})).toBe('/kind: is missing; it must be one of talk, song')
    expect(firstMistake(closed, { kind: 'talk', parent: {} })).toBe('/parent/id: is missing; it must be a string')
  })

  it('is told of each unknown member at its own place, with those that there are', () => {
    const mistakes = mistakesIn(closed, { kind: 'talk', colour: 1, size: 2, parent: { id: 'a', name: 'b' } })
    expect(mistakes.map(({ path, message }) => `${pointerTo(path)} ${message}`)).toEqual([
      '/parent/name is not known; there are id',
      '/colour is not known; there are kind, parent',
      '/size is not known; there are kind, parent',
    ])
  })

  it('is none where the value fits', () => {
    expect(mistakesIn(closed, { kind: 'talk' })).toEqual([])
  })
})
