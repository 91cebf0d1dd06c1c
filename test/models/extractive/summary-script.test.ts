import { expect, test } from 'vitest'
import { SummaryAnswer } from '../../../src/content/answers.ts'
import type { TaskOf } from '../../../src/models/extractive/agent-script.ts'
import { summaryScript } from '../../../src/models/extractive/summary-script.ts'
import type { ClaimCandidate } from '../../../src/signals/candidates.ts'

const claim = (i: number): ClaimCandidate => ({
  text: `Claim number ${i}.`,
  score: 1 - i / 20,
  // The better a claim, the later it stands, so that order of place and order of merit differ.
  evidence: [{ source: 'transcript', segment: 20 - i, quote: `so claim number ${i}` }],
})

const task = (more: Partial<TaskOf<'summary'>> = {}): TaskOf<'summary'> => ({
  agent: 'summary',
  item: { kind: 'talk', language: 'en', title: '', description: '', durationMs: null },
  transcript: '[0 | content | - | -] One word.',
  round: 0,
  findings: [],
  candidates: Array.from({ length: 12 }, (_, i) => claim(i)),
  ...more,
})

const check = (i: number, match: string) => ({
  name: 'check_evidence',
  args: { segment: 20 - i, quote: `so claim number ${i}` },
  content: { match, context: '' },
})
const texts = (given: TaskOf<'summary'>, results: Parameters<typeof summaryScript.answer>[1] = []) =>
  summaryScript.answer(given, results).claims.map(({ text }) => text)

test('every quote that it wants to submit is checked first, once', () => {
  const asked = summaryScript.ask(task(), [])
  expect(asked).toEqual(
    [0, 1, 2, 3].map((i) => ({ name: 'check_evidence', args: { segment: 20 - i, quote: `so claim number ${i}` } })),
  )
  expect(summaryScript.ask(task(), [check(0, 'verbatim')])).toEqual([])
})

test('a longer transcript gets more claims, eight at most', () => {
  const line = `[0 | content | - | -] ${'word '.repeat(80)}`
  const count = (lines: number) =>
    texts(task({ transcript: Array.from({ length: lines }, () => line).join('\n') })).length
  expect([count(1), count(60), count(400)]).toEqual([4, 5, 8])
})

test('claims come in the order of the item, the two best marked for the short summary', () => {
  const { claims } = summaryScript.answer(task(), [])
  expect(claims.map(({ text }) => text)).toEqual([3, 2, 1, 0].map((i) => `Claim number ${i}.`))
  expect(claims.map(({ short }) => short)).toEqual([false, false, true, true])
  expect(SummaryAnswer.safeParse({ claims }).success).toBe(true)
})

test('a quote that is not there takes its claim away; a drifted one, or a failed check, does not', () => {
  const failed = {
    name: 'check_evidence',
    args: { segment: 20, quote: 'so claim number 0' },
    content: 'no such segment',
  }
  expect(texts(task(), [check(2, 'none'), check(1, 'drift'), failed])).toEqual(
    [3, 1, 0].map((i) => `Claim number ${i}.`),
  )
})

test('a claim that a finding speaks against is replaced by the next best', () => {
  const findings = [
    { by: 'critique', agent: 'summary', pointer: '/summary/claims/0', severity: 'drop', message: 'trivial' },
  ] as const
  expect(texts(task({ findings: [...findings], round: 1 }))).toEqual([4, 2, 1, 0].map((i) => `Claim number ${i}.`))
})

test('without candidates the answer is empty and valid', () => {
  expect(SummaryAnswer.parse(summaryScript.answer(task({ candidates: [] }), []))).toEqual({ claims: [] })
  expect(SummaryAnswer.parse(summaryScript.abstain(task()))).toEqual({ claims: [] })
})

test('claims from the description come in its order', () => {
  const description = 'The storm broke the lamp. The keepers stayed. Nobody came for them.'
  const from = (quote: string, score: number): ClaimCandidate => ({
    text: quote,
    score,
    evidence: [{ source: 'description', segment: null, quote }],
  })
  const given = task({
    transcript: '',
    item: { kind: 'podcast_episode', language: 'en', title: '', description, durationMs: null },
    candidates: [from('Nobody came for them.', 0.9), from('The storm broke the lamp.', 0.8)],
  })
  expect(summaryScript.ask(given, [])).toEqual([])
  expect(texts(given)).toEqual(['The storm broke the lamp.', 'Nobody came for them.'])
})
