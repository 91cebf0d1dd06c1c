import { describe, expect, it } from 'vitest'
import { AttributesAnswer, CritiqueAnswer, SuitabilityAnswer, TranscriptChoice } from '../../../src/content/answers.ts'
import type { ToldFinding } from '../../../src/content/understanding-schema.ts'
import type {
  ExtractiveTask,
  ReviewedClaim,
  TranscriptCandidateSummary,
} from '../../../src/models/extractive/agent-task.ts'
import type { AttributeCandidate, SuitabilityCandidate } from '../../../src/signals/candidates.ts'
import { type Answering, answerOf, COMMON, play } from './play-script.ts'

const crime: SuitabilityCandidate = {
  category: 'crime-harmful-acts',
  name: 'Crime',
  score: 0.7,
  prevalence: 'recurring',
  treatment: 'documentary',
  evidence: [{ source: 'transcript', segment: 4, quote: 'It was murder.' }],
}
const objection = (agent: string, pointer: string, message = ''): ToldFinding => ({
  by: 'critique',
  agent,
  pointer,
  severity: 'contest',
  message,
})

describe('suitability', () => {
  const task = (candidates: SuitabilityCandidate[], findings: ToldFinding[] = []): ExtractiveTask => ({
    ...COMMON,
    agent: 'suitability',
    candidates,
    findings,
  })
  const found = async (given: ExtractiveTask, answering?: Answering) =>
    (await answerOf(SuitabilityAnswer, given, answering)).categories.map(({ category }) => category)

  it('checks its quotes, then submits what is well supported', async () => {
    const { turns } = await play(task([crime]), () => ({ match: 'verbatim', context: '' }))
    expect(turns[0]).toMatchObject([{ name: 'check_evidence', args: { segment: 4, quote: 'It was murder.' } }])
    expect(await found(task([crime, { ...crime, category: 'terrorism', score: 0.4 }]))).toEqual(['crime-harmful-acts'])
  })

  it('takes away a label whose quotes are not there', async () => {
    expect(await found(task([crime]), () => ({ match: 'none', context: '' }))).toEqual([])
  })

  it('takes back what is objected to', async () => {
    expect(await found(task([crime], [objection('suitability', '/suitability/0')]))).toEqual([])
  })
})

describe('attributes', () => {
  const option = (value: string, score: number, name: AttributeCandidate['name'] = 'format'): AttributeCandidate => ({
    name,
    value,
    score,
    because: 'measured',
    evidence: [{ source: 'transcript', segment: 0 }],
  })
  const task = (candidates: AttributeCandidate[], findings: ToldFinding[] = []): ExtractiveTask => ({
    ...COMMON,
    agent: 'attributes',
    candidates,
    findings,
  })
  const both = [option('interview', 0.8), option('conversation', 0.5), option('clean', 0.85, 'explicit')]

  it('submits the best value of each, and leaves out the unsupported', async () => {
    const answer = await answerOf(AttributesAnswer, task([...both, option('tender', 0.2, 'tone')]))
    expect(answer).toMatchObject({ format: { value: 'interview' }, explicit: { value: 'clean' } })
    expect(answer.tone).toBeUndefined()
  })

  it('takes the next value when the first is objected to, and none when that was too', async () => {
    const first = objection('attributes', '/attributes/format', '"interview" does not fit')
    expect(await answerOf(AttributesAnswer, task(both, [first]))).toMatchObject({ format: { value: 'conversation' } })
    const second = objection('attributes', '/attributes/format', '"conversation" does not fit')
    expect((await answerOf(AttributesAnswer, task(both, [first, second]))).format).toBeUndefined()
  })

  it('does not call an item clean that its publisher declares explicit', async () => {
    const answer = await answerOf(AttributesAnswer, task(both), () => ({ metadata: { explicit: true } }))
    expect(answer.explicit).toBeUndefined()
  })

  it('drops values that the schema does not know', async () => {
    expect(await answerOf(AttributesAnswer, task([option('podcast', 0.9)]))).toEqual({})
  })
})

describe('critique', () => {
  const claim = (agent: string, label: string, quote: string, rest: Partial<ReviewedClaim> = {}): ReviewedClaim => ({
    pointer: `/${agent}/0`,
    agent,
    label,
    score: 0.7,
    evidence: [{ quote, match: 'verbatim', segment: 1 }],
    ...rest,
  })
  const findings = async (claims: ReviewedClaim[], answering?: Answering) =>
    (await answerOf(CritiqueAnswer, { ...COMMON, agent: 'critique', claims }, answering)).findings

  it('has nothing to say against labels whose quotes speak of them', async () => {
    expect(
      await findings([
        claim('topics', 'Hobbies & Interests > Beekeeping', 'She opened the hive.'),
        claim('entities', 'Ada Lovelace (person)', 'Then Lovelace wrote the notes.'),
        claim('summary', 'The council closes the bridge.', 'The council decided to close the old bridge in May.'),
        claim('suitability', 'Crime: low risk, passing, news', 'It was murder.'),
        claim('attributes', 'format: interview', 'How did that begin?'),
      ]),
    ).toEqual([])
  })

  it.each([
    ['topics', 'Sports > Golf', 'She opened the hive.', 'revise'],
    ['entities', 'Ada Lovelace (person)', 'She opened the hive.', 'drop'],
    ['summary', 'The council closes the bridge.', 'She opened the hive.', 'drop'],
  ])('objects to %s "%s" resting on other words', async (agent, label, quote, severity) => {
    const [found] = await findings([claim(agent, label, quote)])
    expect(found).toMatchObject({ agent, pointer: `/${agent}/0`, severity })
    expect(found?.message).toContain(`"${label}"`)
  })

  it('objects to claims without evidence, repeated claims and weak ones', async () => {
    expect(await findings([claim('topics', 'Sports', '', { evidence: [] })])).toMatchObject([{ severity: 'drop' }])
    const golf = claim('topics', 'Sports > Golf', 'A putt on the last green of the golf course.')
    expect(await findings([golf, { ...golf, pointer: '/topics/1' }])).toMatchObject([
      { severity: 'drop', pointer: '/topics/1' },
    ])
    expect(await findings([{ ...golf, score: 0.2 }])).toMatchObject([{ severity: 'contest' }])
  })

  it('objects to attributes that contradict suitability', async () => {
    const profane = claim('suitability', 'Obscenity and Profanity: medium risk, recurring, editorial', '…')
    const clean = claim('attributes', 'explicit: clean', '…', { pointer: '/attributes/explicit' })
    expect(await findings([profane, clean])).toMatchObject([
      { agent: 'attributes', pointer: '/attributes/explicit', severity: 'revise' },
    ])
  })

  it('looks drifted quotes up again, and drops a claim whose quotes are not there', async () => {
    const drifted = claim('summary', 'The council closes the bridge.', 'the council closed the bridge', {
      evidence: [{ quote: 'the council closed the bridge', match: 'drift', segment: 2 }],
    })
    expect(await findings([drifted], () => ({ match: 'drift' }))).toEqual([])
    expect(await findings([drifted], () => ({ match: 'none' }))).toMatchObject([{ severity: 'drop' }])
  })

  it('passes over labels of agents that it does not know', async () => {
    expect(await findings([claim('weather', 'rain', '')])).toEqual([])
  })
})

describe('transcript', () => {
  const option = (candidate: number, rest: Partial<TranscriptCandidateSummary>): TranscriptCandidateSummary => ({
    candidate,
    origin: 'publisher',
    language: 'en',
    words: 9000,
    coverage: 0.98,
    problems: [],
    ...rest,
  })
  const chosen = async (options: TranscriptCandidateSummary[]) =>
    await answerOf(TranscriptChoice, { ...COMMON, agent: 'transcript', options })

  it.each([
    ['the language of the item', [option(0, { language: 'de' }), option(1, { problems: ['times run backwards'] })], 1],
    ['fewer problems', [option(0, { problems: ['times run backwards'] }), option(1, { words: 8000 })], 1],
    ['times that cover the item', [option(0, { coverage: 0.4 }), option(1, {})], 1],
    ['the right cut over a longer one', [option(0, { coverage: 1.6 }), option(1, { coverage: 0.97 })], 1],
    ['more words', [option(0, { words: 4000 }), option(1, {})], 1],
    ['the first of equals', [option(0, {}), option(1, {})], 0],
    ['one that has words', [option(0, { words: 0 }), option(1, { words: 3, problems: ['short', 'no times'] })], 1],
  ])('prefers %s', async (_, options, expected) => {
    expect((await chosen(options)).candidate).toBe(expected)
  })

  it('says why', async () => {
    expect((await chosen([option(0, {})])).reason).toBe(
      'publisher: 9000 words, covers 98 % of the duration, no problems',
    )
  })
})
