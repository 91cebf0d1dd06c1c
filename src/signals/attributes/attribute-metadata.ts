import type { EvidenceRef } from '../../content/evidence/evidence-ref.ts'
import type { AttributeCandidate } from '../candidates.ts'
import { ownSentences } from '../reading/description-text.ts'
import type { Reading } from '../reading/reading.ts'
import { profanityIn } from '../suitability/profanity.ts'
import type { Format } from './item-format.ts'

// What publishers write about the form of an episode. Only wordings that leave little doubt are here. Everything else is left open.
const FORMAT_WORDINGS: readonly (readonly [Format, RegExp])[] = [
  [
    'interview',
    /\b(?:interview(?:s|ed|ing)?\b|(?:sits|sat|sit) down with|(?:talks?|speaks?|spoke|chats?|talking|speaking) (?:to|with) (?:us\b|me\b|the |\p{Lu})|joins? (?:the show|us|me|\p{Lu}\p{Ll}+) (?:to|for)\b|joins? the show|(?:my|our|this week['’]s|today['’]s|special) guest\b|tells? (?:us|me) about)/u,
  ],
  ['panel', /\b(?:panel(?:l?ists?| discussion)?|round ?table)\b/i],
  [
    'conversation',
    /\b(?:in conversation|(?:\p{Lu}\p{Ll}+|I) and (?:\p{Lu}\p{Ll}+|I) (?:\p{Lu}\p{Ll}+ )?(?:discuss|chat|talk|bond|ponder|break down|catch up)|we (?:talk|discuss|chat)\b|meet up for conversation|co-?hosts? (?:discuss|chat|talk))/u,
  ],
  ['lecture', /\b(?:lecture|keynote|course|lesson)\b/i],
  ['news', /\b(?:news bulletin|headlines|Nachrichten|daily news|the latest news|noticias|journal télévisé)\b/],
]

/** The first sentence of the description for which `tells` is true. If there is none, the title, if `tells` is true for it. */
export function quoteWhere(reading: Reading, tells: (text: string) => boolean): EvidenceRef[] {
  const own = ownSentences(reading.description).find(({ text }) => text.length <= 600 && tells(text))
  if (own !== undefined) return [{ source: 'description', segment: null, quote: own.text }]
  return tells(reading.title) && reading.title.length <= 600
    ? [{ source: 'title', segment: null, quote: reading.title }]
    : []
}

function formats(reading: Reading): AttributeCandidate[] {
  if (reading.kind === 'song' || reading.kind === 'audiobook_chapter') {
    const value: Format = reading.kind === 'song' ? 'music' : 'reading'
    const evidence: EvidenceRef[] = reading.title === '' ? [] : [{ source: 'title', segment: null }]
    const because = reading.kind === 'song' ? 'it is a song' : 'it is the chapter of a book'
    return [{ name: 'format', value, score: 0.9, because, evidence }]
  }
  return FORMAT_WORDINGS.map(([value, pattern], rank) => ({
    name: 'format',
    value,
    score: Math.round(1000 * (0.6 - 0.02 * rank)) / 1000,
    because: 'title or description say so',
    evidence: quoteWhere(reading, (text) => pattern.test(text)),
  }))
}

// A profane word in the description shows that an item is explicit. That there is none does not show that the item is clean.
function explicitness(reading: Reading): AttributeCandidate[] {
  const found = [reading.title, ...ownSentences(reading.description).map(({ text }) => text)].flatMap((text) =>
    profanityIn(text),
  )
  const strong = found.filter(({ strength }) => strength === 'strong').length
  if (found.length === 0) return []
  const value = strong > 0 ? 'explicit' : 'mild'
  const because = `${strong} strong and ${found.length - strong} mild profane words in title and description`
  const evidence = quoteWhere(reading, (text) =>
    profanityIn(text).some(({ strength }) => strong === 0 || strength === 'strong'),
  )
  return [{ name: 'explicit', value, score: strong > 0 ? 0.6 : 0.5, because, evidence }]
}

/**
 * What the title and the description alone say about an item's format and explicitness, with the sentence that says it. They do not show
 * tone and audience. What they do not say is left open.
 */
export function metadataAttributes(reading: Reading): AttributeCandidate[] {
  return [...formats(reading), ...explicitness(reading)].filter(({ evidence }) => evidence.length > 0)
}
