import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { embedInline, encodeVectors, packVectors } from '../../scripts/embed-phrases.ts'
import { USE_LITE_SPACE } from '../../src/models/use-lite/use-lite-model.ts'
import { distinctTexts, hashPhrases, readPhrases } from '../../src/taxonomy/node-phrases.ts'
import { decodeVectors } from '../../src/taxonomy/phrase-vectors.ts'
import { readTrees } from '../../src/taxonomy/shipped-trees.ts'
import { StaleTaxonomyVectors } from '../../src/taxonomy/taxonomy-errors.ts'
import { dataFile, readData } from '../../src/taxonomy/taxonomy-tables.ts'
import {
  checkVectors,
  readShippedVectors,
  VECTOR_BYTES,
  VECTOR_HEADER,
  VectorHeader,
} from '../../src/taxonomy/vector-file.ts'
import { dot } from './vectors.ts'

const phrases = readPhrases(readTrees())
const hash = hashPhrases(phrases)
const header = readData(VECTOR_HEADER, VectorHeader)
const bytes = readFileSync(dataFile(VECTOR_BYTES))
const row = (values: Float32Array, at: number) => values.subarray(at * header.dimension, (at + 1) * header.dimension)

describe('the shipped vectors', () => {
  it('belong to the phrases and to the embedder of this version (else run scripts/taxonomy-vectors.ts)', () => {
    expect(header.phrases).toBe(hash)
    expect(header.space).toBe(USE_LITE_SPACE)
    expect(header.count).toBe(distinctTexts(phrases).length)
  })

  it('are what the embedder answers for the phrases', async () => {
    const { values } = readShippedVectors(hash)
    const texts = distinctTexts(phrases)
    const sample = [0, 1, Math.floor(texts.length / 3), Math.floor(texts.length / 2), texts.length - 1]
    const embedded = await embedInline(sample.map((at) => texts[at] ?? ''))
    sample.forEach((at, n) => {
      expect(dot(row(values, at), embedded[n] ?? [])).toBeGreaterThan(0.999)
    })
  })

  it('are refused for other phrases, naming the script to run', () => {
    const stale = () => checkVectors({ ...header, phrases: `sha256:${'0'.repeat(64)}` }, bytes, hash)
    expect(stale).toThrow(StaleTaxonomyVectors)
    expect(stale).toThrow('npx tsx scripts/taxonomy-vectors.ts')
  })

  it('are refused when the file is cut', () => {
    expect(() => checkVectors(header, bytes.subarray(0, -1), hash)).toThrow(StaleTaxonomyVectors)
  })
})

describe('the compact form', () => {
  const component = fc.double({ min: -1, max: 1, noNaN: true })
  const vector = fc.array(component, { minLength: 16, maxLength: 16 }).filter((v) => Math.hypot(...v) > 0.01)

  it('restores unit vectors that point where they did', () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 5 }), (vectors) => {
        const packed = packVectors(vectors, { space: 's@1', dimension: 16, phrases: 'sha256:0' })
        const restored = decodeVectors(encodeVectors(packed), 16)
        vectors.forEach((_, at) => {
          const [before, after] = [packed.values, restored].map((values) => values.subarray(at * 16, (at + 1) * 16))
          expect(dot(after ?? [], after ?? [])).toBeCloseTo(1, 5)
          expect(dot(before ?? [], after ?? [])).toBeGreaterThan(0.999)
        })
      }),
    )
  })

  it('refuses a vector of another length, and bytes that are no whole vectors', () => {
    const about = { space: 's@1', dimension: 3, phrases: 'sha256:0' } as const
    expect(() => packVectors([[1, 0]], about)).toThrow('gave 2 numbers, not 3')
    expect(() => decodeVectors(Buffer.alloc(8), 3)).toThrow('no whole vectors')
  })
})
