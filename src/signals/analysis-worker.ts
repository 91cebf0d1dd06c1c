import { serveJobs } from '../threads/worker-jobs.ts'
import { ANALYSES, type AnalysisJob, type AnalysisResult } from './analysis.ts'

serveJobs<AnalysisJob, AnalysisResult>((job) => {
  switch (job.name) {
    case 'segment':
      return { name: job.name, value: ANALYSES.segment(...job.args) }
    case 'digests':
      return { name: job.name, value: ANALYSES.digests(...job.args) }
    case 'topicCandidates':
      return { name: job.name, value: ANALYSES.topicCandidates(...job.args) }
    case 'entityCandidates':
      return { name: job.name, value: ANALYSES.entityCandidates(...job.args) }
    case 'chapterCandidates':
      return { name: job.name, value: ANALYSES.chapterCandidates(...job.args) }
    case 'suitabilityCandidates':
      return { name: job.name, value: ANALYSES.suitabilityCandidates(...job.args) }
    case 'claimCandidates':
      return { name: job.name, value: ANALYSES.claimCandidates(...job.args) }
    case 'attributeCandidates':
      return { name: job.name, value: ANALYSES.attributeCandidates(...job.args) }
  }
})
