/**
 * Computes the vectors of all describing phrases and writes them to src/taxonomy/data. Run it after a change of the
 * phrases, of a taxonomy's table or of the embedder: npx tsx scripts/taxonomy-vectors.ts (about a minute).
 */
import { writeFileSync } from 'node:fs'
import { embedInline } from '../src/models/use-lite/use-lite-embedder.ts'
import { USE_LITE_DIMENSION, USE_LITE_SPACE } from '../src/models/use-lite/use-lite-model.ts'
import { embedTaxonomyPhrases } from '../src/taxonomy/embed-phrases.ts'
import { encodeVectors } from '../src/taxonomy/phrase-vectors.ts'
import { dataFile } from '../src/taxonomy/taxonomy-tables.ts'
import { VECTOR_BYTES, VECTOR_HEADER, type VectorHeader } from '../src/taxonomy/vector-file.ts'

const vectors = await embedTaxonomyPhrases({
  space: USE_LITE_SPACE,
  dimension: USE_LITE_DIMENSION,
  embed: embedInline,
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
