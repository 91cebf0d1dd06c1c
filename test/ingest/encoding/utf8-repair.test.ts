import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeBytes } from '../../../src/ingest/encoding/decode-bytes.ts'
import { repairUtf8 } from '../../../src/ingest/encoding/utf8-repair.ts'

const word = fc.string({ unit: 'grapheme', maxLength: 20 })

it('valid UTF-8 is not changed', () => {
  fc.assert(
    fc.property(word, (text) => {
      expect(repairUtf8(Buffer.from(text))).toEqual({ text, repaired: 0 })
    }),
  )
})

it('nothing around a bad byte is changed', () => {
  const letter = fc.constantFrom(['\xe9', 'é'], ['\xfc', 'ü'], ['\x93', '“'], ['\xff', 'ÿ'])
  fc.assert(
    fc.property(word, letter, word, (before, [byte = '', read = ''], after) => {
      const bytes = Buffer.concat([Buffer.from(`“${before}”`), Buffer.from(byte, 'latin1'), Buffer.from(`.${after}”`)])
      expect(decodeBytes(bytes)).toEqual({
        text: `“${before}”${read}.${after}”`,
        guessed: false,
        repaired: 1,
        damaged: false,
      })
    }),
  )
})

it('any bytes become well-formed text, and repairs are counted only in broken UTF-8', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const repair = repairUtf8(bytes)
      expect(repair?.text.isWellFormed() ?? true).toBe(true)
      const valid = Buffer.from(Buffer.from(bytes).toString('utf8')).equals(bytes)
      if (repair !== null) expect(repair.repaired === 0).toBe(valid)
    }),
    { numRuns: 500 },
  )
})
