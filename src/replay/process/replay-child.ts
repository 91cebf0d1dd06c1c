import { understanding } from '../../../graphs/understanding.ts'
import { createUseLiteEmbedder } from '../../models/use-lite/use-lite-embedder.ts'
import { loadTaxonomies } from '../../taxonomy/taxonomy.ts'
import { createVectorShelf } from '../served-vectors.ts'
import { memoisedAnalysis } from './memoised-analysis.ts'
import { serveReplays } from './serve-replays.ts'

// The process in which recordings are replayed. It is started with a guard that denies every connection (see replay-process.ts),
// and gets paths of files, never a database.
const taxonomies = loadTaxonomies()
serveReplays({
  graph: understanding,
  taxonomies,
  taxonomyVersion: taxonomies.version,
  analysis: memoisedAnalysis(),
  embedder: createUseLiteEmbedder(),
  vectors: createVectorShelf(),
})
