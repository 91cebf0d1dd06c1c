import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/content/text/hash.ts'
import { createKnownLines } from '../../../src/recordings/read/known-lines.ts'
import type { Frame } from '../../../src/recordings/recording-format.ts'

const lineOf = (text: string) => Buffer.from(JSON.stringify({ frame: 'blob', hash: sha256(text), text }))
const frameOf = (text: string): Frame => ({ frame: 'blob', hash: sha256(text), text })

describe('lines that were read before', () => {
  it('are parsed once if they are the same to the last byte, and are not kept for ever', () => {
    const parsed: string[] = []
    const known = createKnownLines(2_600)
    const get = (line: Buffer, text: string) =>
      known.get(line, () => {
        parsed.push(text.slice(0, 1))
        return frameOf(text)
      })
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(1_000)) as [string, string, string]
    const first = get(lineOf(a), a)
    expect(get(lineOf(a), a)).toBe(first)
    expect(Object.isFrozen(first)).toBe(true)
    expect(parsed).toEqual(['a'])

    // Two lines have the same beginning and other words behind it. The one that came last is known.
    const changed = lineOf(a)
    changed.write('x', 900)
    get(changed, 'x')
    get(lineOf(a), a)
    expect(parsed).toEqual(['a', 'x', 'a'])

    get(lineOf(b), b)
    get(lineOf(b), b)
    get(lineOf(c), c)
    get(lineOf(a), a)
    expect(parsed).toEqual(['a', 'x', 'a', 'b', 'c', 'a'])
  })

  it('are not kept if they are short, because short lines hold times, which differ', () => {
    let parsed = 0
    const known = createKnownLines(10_000)
    for (let n = 0; n < 2; n++)
      known.get(lineOf('short'), () => {
        parsed++
        return frameOf('short')
      })
    expect(parsed).toBe(2)
  })
})
