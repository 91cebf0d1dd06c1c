import type { AttributesAnswer } from '../../content/answers.ts'
import type { Script, TaskOf } from './script.ts'

export const attributesScript: Script<TaskOf<'attributes'>, AttributesAnswer> = {
  ask: () => [],
  answer: () => ({}),
  abstain: () => ({}),
}
