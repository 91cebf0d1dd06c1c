import { serveJobs } from '../models/worker-jobs.ts'
import { inlineAnalysis } from './analysis.ts'
import type { AnalysisJob } from './analysis-pool.ts'

serveJobs<AnalysisJob, unknown>(({ call, args }) => {
  switch (call) {
    case 'segment':
      return inlineAnalysis.segment(...args)
    case 'digests':
      return inlineAnalysis.digests(...args)
    case 'entityCandidates':
      return inlineAnalysis.entityCandidates(...args)
    case 'chapterCandidates':
      return inlineAnalysis.chapterCandidates(...args)
    case 'claimCandidates':
      return inlineAnalysis.claimCandidates(...args)
  }
})
