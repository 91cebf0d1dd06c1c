import type { ChaptersAnswer } from '../../content/answers.ts'
import type { Script, TaskOf } from './script.ts'

export const chaptersScript: Script<TaskOf<'chapters'>, ChaptersAnswer> = {
  ask: () => [],
  answer: () => ({ chapters: [] }),
  abstain: () => ({ chapters: [] }),
}
