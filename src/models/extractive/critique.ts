import type { CritiqueAnswer } from '../../content/answers.ts'
import type { Script, TaskOf } from './script.ts'

export const critiqueScript: Script<TaskOf<'critique'>, CritiqueAnswer> = {
  ask: () => [],
  answer: () => ({ findings: [] }),
  abstain: () => ({ findings: [] }),
}
