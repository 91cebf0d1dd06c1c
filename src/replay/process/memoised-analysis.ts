import { LRUCache } from 'lru-cache'
import { freeze } from '../../content/freeze.ts'
import { ANALYSES, type Analysis } from '../../signals/analysis.ts'
import { argumentHash } from './argument-hash.ts'

/** How many results of each analysis are kept: those of some 300 texts. */
const MAX_RESULTS = 300

/**
 * Runs the analyses on the calling thread and computes each result once per process, because recordings of one text share results. Results
 * are frozen, because the next replay gets the same objects.
 */
export function memoisedAnalysis(maxResults: number = MAX_RESULTS): Analysis {
  function memoised<Args extends readonly unknown[], Result>(compute: (...args: Args) => Result) {
    const results = new LRUCache<string, { result: Result }>({ max: maxResults })
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
