import { describe, expect, it } from 'vitest'
import { type Places, refKey, resolveEvidence } from '../../../graphs/labels/resolve-evidence.ts'
import { sha256 } from '../../../src/content/text/hash.ts'
import { placesIn, readingOf } from '../../support/reading-of.ts'

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

describe('evidence with a quote', () => {
  const places = placesIn(readingOf(['Bees dance. Hives hum.', 'Bees sleep.', 'Bees dance.'], { title: 'On bees' }))
  const transcript = (segment: number | null, quote?: string) => ({
    source: 'transcript' as const,
    segment,
    ...(quote !== undefined && { quote }),
  })

  it('is looked up in the segment that is named, and in the whole text if it is not there', () => {
    expect(resolveEvidence(transcript(2, 'Bees dance'), '', places)).toMatchObject({ segment: 2, start: 35 })
    expect(resolveEvidence(transcript(2, 'Hives hum'), '', places)).toMatchObject({ segment: 0, start: 12 })
  })

  it('is none if the quote is in no segment, if there is no such segment, or if the item has no such text', () => {
    expect(resolveEvidence(transcript(0, 'Robots have taken over the city'), '', places)).toBeNull()
    expect(resolveEvidence(transcript(3), 'bees', places)).toBeNull()
    expect(resolveEvidence({ source: 'description', segment: null }, 'bees', places)).toBeNull()
    expect(resolveEvidence(transcript(0), 'bees', { ...places, texts: {} })).toBeNull()
  })

  it('may stand in the title, which has no segment, no time and no speaker', () => {
    expect(resolveEvidence({ source: 'title', segment: 1, quote: 'bees' }, '', places)).toMatchObject({
      source: 'title',
      text: sha256('On bees'),
      segment: null,
      quote: 'bees',
      start: 3,
      end: 7,
      startMs: null,
      speaker: null,
    })
  })

  it('that is blank is a sentence that code chooses', () => {
    expect(resolveEvidence(transcript(0, ' '), 'hives', places)).toMatchObject({ quote: 'Hives hum.' })
  })

  it('says that it drifted if the verifier has replaced its words, and is verbatim otherwise', () => {
    const ref = transcript(0, 'Bees dance')
    expect(resolveEvidence(ref, '', places)?.match).toBe('verbatim')
    expect(resolveEvidence(ref, '', { ...places, drifted: new Set([refKey(ref)]) })?.match).toBe('drift')
    const other = refKey({ ...ref, segment: 1 })
    expect(resolveEvidence(ref, '', { ...places, drifted: new Set([other]) })?.match).toBe('verbatim')
  })

  it('has the speaker and the time of the words, as far as the source gives them', () => {
    const marks = [{ start: 0, end: 11, speaker: 'Ann', startMs: 0, endMs: 1000 }]
    expect(resolveEvidence(transcript(0, 'Bees dance.'), '', { ...places, marks })).toMatchObject({
      speaker: 'Ann',
      startMs: 0,
      endMs: 1000,
      timing: 'source',
    })
    expect(resolveEvidence(transcript(0, 'Hives hum'), '', { ...places, marks })).toMatchObject({
      speaker: null,
      startMs: null,
    })
  })

  it('has the speaker of its segment if the source does not say who says these words', () => {
    const spoken = places.reading.segments.map((segment) => ({ ...segment, speaker: 'Ben' }))
    const ref = transcript(0, 'Hives hum')
    expect(resolveEvidence(ref, '', { ...places, reading: { ...places.reading, segments: spoken } })?.speaker).toBe(
      'Ben',
    )
  })
})
