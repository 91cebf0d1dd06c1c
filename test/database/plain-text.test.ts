import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packText, unpackText } from '../../src/database/packing.ts'
import { jsonText, plainText } from '../../src/database/plain-text.ts'

const anyString = fc.string({ unit: 'binary' })

describe('strings on their way into the database', () => {
  it('plain text is what Postgres takes, has the same length, and is unchanged if nothing was wrong with it', () => {
    fc.assert(
      fc.property(anyString, (value) => {
        const plain = plainText(value)
        expect(plain).not.toContain('\u0000')
        expect(plain.isWellFormed()).toBe(true)
        expect(plain.length).toBe(value.length)
        if (value.isWellFormed() && !value.includes('\u0000')) expect(plain).toBe(value)
      }),
    )
  })

  it('JSON comes back exactly, and its text is plain text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = jsonText(value)
        expect(plainText(text)).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
    expect(jsonText(undefined)).toBe('null')
  })

  it('packed text comes back, and is compressed only if it is longer than 2 KB', async () => {
    await fc.assert(
      fc.asyncProperty(anyString, fc.nat(400), async (value, times) => {
        const text = value.toWellFormed().repeat(times)
        const packed = await packText(text)
        expect(await unpackText(packed)).toBe(text)
        expect(packed.packed).toBe(Buffer.byteLength(text) > 2048)
      }),
    )
  })

  it('packed text comes back if it is too long to be compressed on this thread', async () => {
    const text = Array.from({ length: 200_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join(
      '',
    )
    const packed = await packText(text)
    expect(packed.body.length).toBeGreaterThan(128 * 1024)
    expect(await unpackText(packed)).toBe(text)
  })
})
