import type { SuitabilityAnswer } from '../../content/answers.ts'
import type { Script, TaskOf } from './script.ts'

export const suitabilityScript: Script<TaskOf<'suitability'>, SuitabilityAnswer> = {
  ask: () => [],
  answer: () => ({ categories: [] }),
  abstain: () => ({ categories: [] }),
}
