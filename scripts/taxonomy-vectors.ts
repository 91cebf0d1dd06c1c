/**
 * Computes the vectors of all describing phrases and writes them to src/taxonomy/data. Run it after a change of the
 * phrases, of a taxonomy's table or of the embedder: npx tsx scripts/taxonomy-vectors.ts (about a minute).
 */
import { writeFileSync } from 'node:fs'
import { USE_LITE_DIMENSION, USE_LITE_SPACE } from '../src/models/use-lite/use-lite-model.ts'
import { distinctTexts, hashPhrases, readPhrases } from '../src/taxonomy/node-phrases.ts'
import { readTrees } from '../src/taxonomy/shipped-trees.ts'
import { dataFile } from '../src/taxonomy/taxonomy-tables.ts'
import { VECTOR_BYTES, VECTOR_HEADER, type VectorHeader } from '../src/taxonomy/vector-file.ts'
import { embedInline, encodeVectors, packVectors } from './embed-phrases.ts'

const phrases = readPhrases(readTrees())
const vectors = packVectors(await embedInline(distinctTexts(phrases)), {
  space: USE_LITE_SPACE,
  dimension: USE_LITE_DIMENSION,
  phrases: hashPhrases(phrases),
})
const bytes = encodeVectors(vectors)
const header: VectorHeader = {
  space: vectors.space,
  dimension: vectors.dimension,
  phrases: vectors.phrases,
  count: vectors.values.length / vectors.dimension,
}
writeFileSync(dataFile(VECTOR_BYTES), bytes)
writeFileSync(dataFile(VECTOR_HEADER), `${JSON.stringify(header, null, 2)}\n`)
console.error(`${header.count} vectors of ${header.space}, ${bytes.length} bytes`)
