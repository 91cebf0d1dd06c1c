import type { TopicsAnswer } from '../../content/answers.ts'
import type { Script, TaskOf } from './script.ts'

export const topicsScript: Script<TaskOf<'topics'>, TopicsAnswer> = {
  ask: () => [],
  answer: () => ({ topics: [] }),
  abstain: () => ({ topics: [] }),
}
