import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenArguments } from '../../src/models/tool-arguments.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('arguments of a tool that a model wrote as no JSON', () => {
  it.each([
    ['{"ids": ["1"', 'they break off at the end, after "{\\"ids\\": [\\"1\\""'],
    ['{"ids": ["1', 'they break off at the end, after'],
    ['{"ids": [1,]}', 'at character 12, where "]}" stands'],
    ["{'ids': []}", 'at character 2, where "\'ids\': []}" stands'],
    ['{"ids": [] "more": 1}', 'at character 12, where "\\"more\\": 1}" stands'],
    ['{"ids": []} Done.', 'at character 13, where "Done." stands'],
    ['{"ids": [1, 2}', 'at character 14, where "}" stands'],
    ['```json\n{}', 'at character 1, where "```json\\n{}" stands'],
    ['{"a": 01}', 'at character 8, where "1}" stands'],
    [' ', 'they are empty'],
  ])('%s: says where', (args, where) => {
    expect(brokenArguments(args)).toContain(`The arguments are no valid JSON: ${where}`)
    expect(brokenArguments(args)).toContain('; send one JSON object')
  })

  it('takes for JSON what is JSON, and nothing else', () => {
    const json = fc.json()
    const broken = fc.tuple(
      json,
      fc.nat(),
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '1', 'x', '\\', ' ', '\u00a0', '\n'),
    )
    const cut = broken.map(([text, at, put]) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + put + text.slice(place + 1)
    })
    fc.assert(
      fc.property(fc.oneof(json, cut, fc.string()), (text) => {
        expect(brokenArguments(text)?.includes('no valid JSON')).toBe(!isJson(text))
      }),
      { numRuns: 500 },
    )
  })

  it('reads long ones, whole or cut off', () => {
    const long = JSON.stringify({ text: 'looms '.repeat(200_000), list: Array.from({ length: 50_000 }, (_, n) => n) })
    expect(brokenArguments(long)).toMatch(/not quoted/)
    expect(brokenArguments(long.slice(0, 1_000_000))).toContain('break off at the end')
  })

  it('says nothing of arguments that are no text: their schema does', () => {
    expect(brokenArguments({ ids: 'one' })).toBeNull()
    expect(brokenArguments('"{}"')).toMatch(/JSON string; send one JSON object, not quoted/)
  })
})
