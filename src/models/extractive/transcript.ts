import type { TranscriptChoice } from '../../content/answers.ts'
import type { Script, TaskOf } from './script.ts'

export const transcriptScript: Script<TaskOf<'transcript'>, TranscriptChoice> = {
  ask: () => [],
  answer: () => ({ candidate: 0, reason: '' }),
  abstain: () => ({ candidate: 0, reason: '' }),
}
