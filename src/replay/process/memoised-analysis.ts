import { LRUCache } from 'lru-cache'
import { freeze } from '../../content/freeze.ts'
import { ANALYSES, type Analysis } from '../../signals/analysis.ts'
import { argumentHash } from './argument-hash.ts'

/** Results of each analysis that are kept at a time: of some 300 texts. */
const KEPT = 300

/**
 * The analyses on the calling thread, each thing computed once in this process: recordings of one text share what is found in
 * it. Results are frozen, because the next replay gets the same ones.
 */
export function memoisedAnalysis(kept: number = KEPT): Analysis {
  function memoised<Args extends readonly unknown[], Result>(compute: (...args: Args) => Result) {
    const results = new LRUCache<string, { result: Result }>({ max: kept })
    return async (...args: Args): Promise<Result> => {
      const key = argumentHash(args)
      const known = results.get(key)
      if (known !== undefined) return known.result
      const result = freeze(compute(...args))
      results.set(key, { result })
      return result
    }
  }
  return {
    segment: memoised(ANALYSES.segment),
    digests: memoised(ANALYSES.digests),
    topicCandidates: memoised(ANALYSES.topicCandidates),
    entityCandidates: memoised(ANALYSES.entityCandidates),
    chapterCandidates: memoised(ANALYSES.chapterCandidates),
    suitabilityCandidates: memoised(ANALYSES.suitabilityCandidates),
    claimCandidates: memoised(ANALYSES.claimCandidates),
    attributeCandidates: memoised(ANALYSES.attributeCandidates),
  }
}
