import { describe, expect, it } from 'vitest'
import { type Places, resolveEvidence } from '../../../graphs/labels/resolve-evidence.ts'
import { sha256 } from '../../../src/content/text/hash.ts'

/** One segment with two speakers, of whom the first says more. */
function conversation(...turns: [speaker: string, words: string][]): Places {
  let text = ''
  const marks = turns.map(([speaker, words]) => {
    const start = text === '' ? 0 : text.length + 1
    text = text === '' ? words : `${text} ${words}`
    return { start, end: text.length, speaker, startMs: null, endMs: null }
  })
  const span = { index: 0, start: 0, end: text.length, words: 20, language: 'en', role: 'content' as const }
  const none = { vectors: [null], titleVector: null, descriptionVector: null, space: null }
  const segment = { ...span, speaker: turns[0]?.[0] ?? null, startMs: null, endMs: null, timing: null }
  return {
    reading: { kind: 'talk', language: 'en', title: '', description: '', text, segments: [segment], ...none },
    texts: { transcript: { hash: sha256(text), chars: text.length, normaliser: 1 } },
    marks,
    drifted: new Set(),
  }
}

describe('evidence without a quote', () => {
  const ref = { source: 'transcript' as const, segment: 0 }

  it('is what the speaker says for a speaker whose name is not said, not longer words of somebody else', () => {
    const places = conversation(
      ['Mark', 'The wallet has to know which coins are its own before it can choose among them.'],
      ['Adam Jonas', 'That makes sense.'],
    )
    expect(resolveEvidence(ref, 'Adam Jonas', places)).toMatchObject({
      quote: 'That makes sense.',
      speaker: 'Adam Jonas',
    })
    expect(resolveEvidence(ref, 'Ada Lovelace', places)).toMatchObject({ speaker: 'Mark' })
  })

  it('is the sentence with the name for a name that is said', () => {
    const places = conversation(
      ['Mark', 'Here is Adam Jonas with his wallet.'],
      ['Adam Jonas', 'Good evening to all of you.'],
    )
    expect(resolveEvidence(ref, 'Adam Jonas', places)).toMatchObject({ quote: 'Here is Adam Jonas with his wallet.' })
  })
})
