import { expect, test } from 'vitest'
import { ChaptersAnswer } from '../../../src/content/answers.ts'
import type { TaskOf } from '../../../src/models/extractive/agent-script.ts'
import { chaptersScript } from '../../../src/models/extractive/chapters-script.ts'
import type { ChapterCandidate } from '../../../src/signals/candidates.ts'

const place = (firstSegment: number, depth: number, title = `Part ${firstSegment}`): ChapterCandidate => ({
  firstSegment,
  depth,
  title,
  keyphrases: [title, 'other words'],
})

const task = (more: Partial<TaskOf<'chapters'>>): TaskOf<'chapters'> => ({
  agent: 'chapters',
  item: { kind: 'talk', language: 'en', title: '', description: '', durationMs: null },
  transcript: '[0 | content | - | -] One.\n[1 | content | - | -] Two.',
  round: 0,
  findings: [],
  candidates: [place(0, 1), place(4, 0.6), place(9, 0.9), place(14, 0.7)],
  chapters: 3,
  ...more,
})

const placesOf = (given: TaskOf<'chapters'>) =>
  chaptersScript.answer(given, []).chapters.map(({ firstSegment }) => firstSegment)
const about = (pointer: string, severity: 'revise' | 'drop') =>
  ({ by: 'critique', agent: 'chapters', pointer, severity, message: 'does not hold' }) as const

test('as many chapters as the task asks for, the deepest, in order, the first at the start', () => {
  expect(placesOf(task({}))).toEqual([0, 9, 14])
  expect(placesOf(task({ chapters: 1 }))).toEqual([0])
  expect(placesOf(task({ chapters: 99 }))).toEqual([0, 4, 9, 14])
  expect(placesOf(task({ chapters: 0 }))).toEqual([0])
})

test('it asks no tool: the candidates say all that it can read', () => {
  expect(chaptersScript.ask(task({}), [])).toEqual([])
})

test('a chapter that is to be dropped joins the one before; the first never goes', () => {
  expect(placesOf(task({ findings: [about('/chapters/1', 'drop')] }))).toEqual([0, 14])
  expect(placesOf(task({ findings: [about('/chapters/0', 'drop')] }))).toEqual([0, 9, 14])
})

test('a title that is to be revised gives way to the next keyphrase', () => {
  const { chapters } = chaptersScript.answer(task({ findings: [about('/chapters/2', 'revise')] }), [])
  expect(chapters[2]).toEqual({ title: 'Other words', firstSegment: 14 })
})

test('without candidates the answer is empty and valid', () => {
  expect(ChaptersAnswer.parse(chaptersScript.answer(task({ candidates: [] }), []))).toEqual({ chapters: [] })
  expect(ChaptersAnswer.parse(chaptersScript.abstain(task({})))).toEqual({ chapters: [] })
})
