import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/content/text/hash.ts'
import { packChunk, unpackChunks } from '../../../src/database/ledger/ledger-chunk.ts'
import { sampleExchange, sampleStep, sampleWrite } from '../database-samples.ts'

const owner = { tenant: 'default', itemId: 'a', runId: 'run-1', attempt: 1 }
const blobOf = (text: string) => ({ hash: sha256(text), text })
const exchanges = [sampleExchange(0), sampleExchange(1)]
const steps = [sampleStep('topics', { error: 'line\nbreak' })]

describe('a chunk of the ledger', () => {
  it('gives back its rows and the text of each blob, whatever the text is', async () => {
    const texts = fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        const blobs = ['', '{"a":"\\n"}\n', '\u0000', ...given].map(blobOf)
        const { chunk, long } = await packChunk(sampleWrite(owner, { exchanges, steps, blobs }))
        expect(long).toEqual([])
        const read = await unpackChunks([chunk])
        expect(read.exchanges).toEqual(exchanges)
        expect(read.steps).toEqual(steps)
        for (const { hash, text } of blobs) expect(read.texts.get(hash)).toBe(text)
      }),
      { numRuns: 50 },
    )
  })
})
