import { expect, test } from 'vitest'
import { EntitiesAnswer } from '../../../src/content/answers.ts'
import type { TaskOf } from '../../../src/models/extractive/agent-script.ts'
import { entitiesScript } from '../../../src/models/extractive/entities-script.ts'
import type { EntityCandidate } from '../../../src/signals/candidates.ts'

const candidate = (name: string, more: Partial<EntityCandidate> = {}): EntityCandidate => ({
  name,
  type: 'person',
  aliases: [],
  mentions: 2,
  score: 0.5,
  evidence: [{ source: 'transcript', segment: 0, quote: `${name} spoke.` }],
  ...more,
})

const task = (candidates: EntityCandidate[], findings: TaskOf<'entities'>['findings'] = []): TaskOf<'entities'> => ({
  agent: 'entities',
  item: { kind: 'talk', language: 'en', title: '', description: '', durationMs: null },
  transcript: '[0 | content | - | -] Ada Byron spoke.',
  round: findings.length > 0 ? 1 : 0,
  findings,
  candidates,
})

const search = (query: string, texts: string[]) => ({
  name: 'search_transcript',
  args: { query, mode: 'words', limit: 5 },
  content: { hits: texts.map((text, segment) => ({ segment, score: 1, text })) },
})

test('the two most prominent names of unknown kind are looked up, once', () => {
  const open = ['Erlay', 'Neutrino', 'Eltoo'].map((name) => candidate(name, { type: 'other' }))
  const asked = entitiesScript.ask(task([candidate('Ada Byron'), ...open]), [])
  expect(asked.map(({ args }) => args)).toEqual([
    { query: 'Erlay', mode: 'words', limit: 5 },
    { query: 'Neutrino', mode: 'words', limit: 5 },
  ])
  expect(entitiesScript.ask(task(open), [search('Erlay', [])])).toEqual([])
})

test('a name that the search does not find is left out; one that it finds, or a search that failed, changes nothing', () => {
  const list = task([
    candidate('Erlay', { type: 'other' }),
    candidate('Eltoo', { type: 'other' }),
    candidate('Ada Byron'),
  ])
  const names = (results: Parameters<typeof entitiesScript.answer>[1]) =>
    entitiesScript.answer(list, results).entities.map(({ name }) => name)
  expect(names([search('Erlay', ['erlay saves bandwidth']), search('Eltoo', ['something else'])])).toEqual([
    'Erlay',
    'Ada Byron',
  ])
  expect(names([{ name: 'search_transcript', args: { query: 'Erlay' }, content: 'no index' }])).toHaveLength(3)
  expect(names([])).toHaveLength(3)
})

test('faint names are not submitted unless there is nothing else', () => {
  const faint = candidate('XYZ', { type: 'other', mentions: 1, score: 0.05 })
  const submitted = (list: EntityCandidate[]) => entitiesScript.answer(task(list), []).entities.map(({ name }) => name)
  expect(submitted([candidate('Ada Byron'), faint])).toEqual(['Ada Byron'])
  expect(submitted([faint])).toEqual(['XYZ'])
  expect(submitted([])).toEqual([])
})

test('a name that a finding contests is left out of the next answer', () => {
  const finding = {
    by: 'critique',
    agent: 'entities',
    pointer: '/entities/1',
    severity: 'revise',
    message: 'not a name',
  } as const
  const answer = entitiesScript.answer(task([candidate('Ada Byron'), candidate('Lovely Day')], [finding]), [])
  expect(answer.entities.map(({ name }) => name)).toEqual(['Ada Byron'])
})

test('the answer fits its schema, at most 30 names', () => {
  const many = Array.from({ length: 60 }, (_, i) =>
    candidate(`Ada ${i}`, { aliases: Array.from({ length: 12 }, (_, k) => `A${k}`) }),
  )
  const answer = entitiesScript.answer(task(many), [])
  expect(EntitiesAnswer.parse(answer).entities).toHaveLength(30)
  expect(EntitiesAnswer.parse(entitiesScript.abstain(task(many)))).toEqual({ entities: [] })
})
