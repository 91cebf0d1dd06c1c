import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/config.ts'
import { commonAbstentions } from '../../../src/http/pages/item/labels-view.ts'
import { clock, count, dollars, durationText, grouped, tokens } from '../../../src/http/pages/parts/page-words.ts'
import { changesOf, Decision, viewQuestion } from '../../../src/http/pages/reviews/view.ts'
import { viewSettings } from '../../../src/http/pages/settings/view.ts'

describe('words on pages', () => {
  it('name places in a recording, durations and amounts', () => {
    expect([0, 48_999, 3_723_000].map(clock)).toEqual(['0:00', '0:48', '1:02:03'])
    expect([3, 999.6, 5600, 59_960, 130_000, 3_900_000].map(durationText)).toEqual([
      '3 ms',
      '1000 ms',
      '5.6 s',
      '1 min 0 s',
      '2 min 10 s',
      '1 h 5 min',
    ])
    expect([count(1, 'step'), count(2, 'retry', 'retries')]).toEqual(['1 step', '2 retries'])
    expect([grouped(1), grouped(51_234), grouped(1_000_000)]).toEqual(['1', '51\u202f234', '1\u202f000\u202f000'])
    expect([dollars(null), dollars(0), dollars(0.00042), dollars(1.5)]).toEqual(['unknown', '$0', '$0.00042', '$1.50'])
    expect(tokens({ inputTokens: 1200, cachedTokens: 200, outputTokens: 30 })).toBe(
      '1\u202f200 in (200 cached), 30 out',
    )
    expect(tokens({ inputTokens: 1200, cachedTokens: 0, outputTokens: 30, estimatedUsd: null })).toBe(
      'about 1\u202f200 in, 30 out',
    )
    expect(tokens({ inputTokens: 0, cachedTokens: 0, outputTokens: 0 })).toBe('')
  })
})

describe('what was not answered', () => {
  it('is told once if several facets have the same reason, or if it has no section of its own', () => {
    const abstentions = [
      { facet: 'topics', reason: 'reads en only' },
      { facet: 'suitability', reason: 'awaiting review: Crime' },
      { facet: 'suitability', reason: 'awaiting review: Crime' },
      { facet: 'summary', reason: 'reads en only' },
      { facet: 'chapters', reason: 'no segments' },
      { facet: 'transcript', reason: 'no transcriber' },
    ]
    expect(commonAbstentions({ abstentions })).toEqual([
      { reason: 'reads en only', facets: ['topics', 'summary'] },
      { reason: 'no segments', facets: ['chapters'] },
      { reason: 'no transcriber', facets: ['transcript'] },
    ])
  })
})

describe('settings', () => {
  it('show that a key is set and not which one, and leave credentials out of addresses', () => {
    const config = readConfig({
      OPENAI_API_KEY: 'sk-secret',
      QDRANT_API_KEY: 'qd-secret',
      OPENAI_BASE_URL: 'https://me:pass-secret@models.example/v1?key=q-secret',
    })
    const settings = viewSettings(config)
    expect(JSON.stringify(settings)).not.toContain('secret')
    const value = (name: string) => settings.find((one) => one.name === name)
    expect(value('OPENAI_API_KEY')).toMatchObject({ value: 'set', changed: true })
    expect(value('OPENAI_BASE_URL')).toMatchObject({ value: 'https://models.example/v1' })
    expect(value('LINERNOTES_MODEL')).toMatchObject({ value: null, changed: false })
    expect(value('PORT')).toMatchObject({ value: '8080', changed: false })
    expect(value('LINERNOTES_MAX_OUTPUT_TOKENS')).toMatchObject({ value: null })
  })
})

describe('a decision', () => {
  const question = viewQuestion({
    question: { title: 'Looms', label: { name: 'Crime', risk: 'low', prevalence: 'passing', treatment: 'news' } },
  })
  const amend = (fields: object) => changesOf(Decision.parse({ action: 'amend', by: 'Mo', ...fields }), question)

  it('amends only what was changed, and lets the risk follow if none was chosen', () => {
    expect(amend({ prevalence: 'dominant', treatment: 'news', risk: '' })).toEqual({ prevalence: 'dominant' })
    expect(amend({ prevalence: 'passing', treatment: 'news', risk: 'high' })).toEqual({ risk: 'high' })
    expect(changesOf(Decision.parse({ action: 'approve', by: 'Mo', prevalence: 'dominant' }), question)).toBeNull()
  })

  it('is shown with everything in its question that can be read', () => {
    expect(viewQuestion({ question: 'nonsense' })).toEqual({ title: '', label: undefined, findings: [], evidence: [] })
    expect(viewQuestion({ question: { label: { key: 'x' }, findings: 3 } })).toMatchObject({
      label: undefined,
      findings: [],
    })
  })
})
