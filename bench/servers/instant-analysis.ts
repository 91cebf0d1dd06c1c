import { ANALYSES, type Analysis } from '../../src/signals/analysis.ts'

/** Analysis that computes each thing once, for the one text that is sent, and has it at hand from then on. */
export function instantAnalysis(): Analysis {
  return {
    segment: once(ANALYSES.segment),
    digests: once(ANALYSES.digests),
    topicCandidates: once(ANALYSES.topicCandidates),
    entityCandidates: once(ANALYSES.entityCandidates),
    chapterCandidates: once(ANALYSES.chapterCandidates),
    suitabilityCandidates: once(ANALYSES.suitabilityCandidates),
    claimCandidates: once(ANALYSES.claimCandidates),
    attributeCandidates: once(ANALYSES.attributeCandidates),
  }
}

function once<Args extends readonly unknown[], Result>(compute: (...args: Args) => Result) {
  let made: { result: Result } | undefined
  return async (...args: Args): Promise<Result> => {
    made ??= { result: compute(...args) }
    return made.result
  }
}
