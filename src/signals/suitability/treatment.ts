import type { Treatment } from '../../content/labels/suitability-label.ts'
import type { Format } from '../attributes/item-format.ts'
import type { Speech } from '../attributes/speech-measures.ts'
import type { Reading } from '../reading/reading.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))
const INVESTIGATION = words(
  'police investigation investigators detective court inquest coroner evidence trial witness statement record records archive file files testimony sergeant inspector',
)
const TEACHING = words(
  'explain research study studies example because means theory data evidence learn history definition',
)
const LAUGHTER = words('laughter laughs laughing haha joke joking jokes funny hilarious comedian')
const FEAST = words('party dance tonight baby high love boss rich fire gold club')

/** A rate counts only if there are at least this many of the words. In a few sentences, one word is already a high rate. */
const MIN_WORDS = 3

/**
 * The manner in which an item treats a difficult theme, by its kind, its format and its wording. It is `editorial` if nothing shows another
 * manner.
 */
export function treatmentOf(reading: Reading, speech: Speech, format: Format | undefined): Treatment {
  const often = (list: ReadonlySet<string>, rate: number): boolean =>
    speech.rate(list) >= Math.max(rate, (MIN_WORDS * 1000) / Math.max(1, speech.words))
  if (reading.kind === 'song') return often(FEAST, 12) ? 'glamorising' : 'personal'
  if (often(LAUGHTER, 4)) return 'comedic'
  if (format === 'news') return 'news'
  const isTold = format === 'narrative' || format === 'reading'
  if (isTold && often(INVESTIGATION, 3)) return 'documentary'
  if (isTold && speech.i > 25 && speech.quotes < 5) return 'personal'
  if (isTold) return reading.kind === 'audiobook_chapter' || speech.quotes >= 8 ? 'fictional' : 'documentary'
  if (format === 'lecture' || often(TEACHING, 8)) return 'educational'
  if (speech.i > 40 && speech.past > 60) return 'personal'
  return 'editorial'
}

/** Manners of speaking about a theme. Hostility and falsehoods that are uttered, not reported, have none of these manners. */
const DETACHED = new Set<Treatment>(['educational', 'documentary', 'news'])
const UTTERED = new Set(['hate-speech-aggression', 'misinformation', 'spam-harmful'])

/** The treatment of one category. What an item itself utters is never taken for a report of it. */
export function treatmentIn(category: string, treatment: Treatment): Treatment {
  return UTTERED.has(category) && DETACHED.has(treatment) ? 'editorial' : treatment
}
