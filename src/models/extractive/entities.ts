import type { EntitiesAnswer } from '../../content/answers.ts'
import type { Script, TaskOf } from './script.ts'

export const entitiesScript: Script<TaskOf<'entities'>, EntitiesAnswer> = {
  ask: () => [],
  answer: () => ({ entities: [] }),
  abstain: () => ({ entities: [] }),
}
