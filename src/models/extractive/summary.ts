import type { SummaryAnswer } from '../../content/answers.ts'
import type { Script, TaskOf } from './script.ts'

export const summaryScript: Script<TaskOf<'summary'>, SummaryAnswer> = {
  ask: () => [],
  answer: () => ({ claims: [] }),
  abstain: () => ({ claims: [] }),
}
