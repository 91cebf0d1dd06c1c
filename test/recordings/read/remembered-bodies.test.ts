import { describe, expect, it } from 'vitest'
import { remembered } from '../../../src/recordings/read/remembered-bodies.ts'

describe('what is remembered of texts', () => {
  it('is made once a text, and forgotten in the order of making where it is too much', () => {
    const made: string[] = []
    const length = remembered((text) => {
      made.push(text)
      return text.length
    }, 10)
    expect([length('abcde'), length('fghij'), length('abcde')]).toEqual([5, 5, 5])
    expect(made).toEqual(['abcde', 'fghij'])
    length('k')
    length('fghij')
    length('abcde')
    expect(made).toEqual(['abcde', 'fghij', 'k', 'abcde'])
    length('longer than all that may be kept')
    length('longer than all that may be kept')
    expect(made.length).toBe(6)
  })
})
