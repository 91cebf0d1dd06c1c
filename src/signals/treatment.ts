import type { Treatment } from '../content/understanding.ts'
import type { Format } from './format.ts'
import type { Reading } from './reading.ts'
import type { Speech } from './speech.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))
const INVESTIGATION = words(
  'police investigation investigators detective court inquest coroner evidence trial witness statement record records archive file files testimony sergeant inspector',
)
const TEACHING = words(
  'explain research study studies example because means theory data evidence learn history definition',
)
const LAUGHTER = words('laughter laughs laughing haha joke joking jokes funny hilarious comedian')
const FEAST = words('party dance tonight baby high love boss rich fire gold club')

/**
 * In which manner an item treats a difficult theme, from its kind, its format and its wording. Where nothing speaks for
 * another manner it is `editorial`.
 */
export function treatmentOf(reading: Reading, speech: Speech, format: Format | undefined): Treatment {
  if (reading.kind === 'song') return speech.rate(FEAST) >= 12 ? 'glamorising' : 'personal'
  if (speech.rate(LAUGHTER) >= 4) return 'comedic'
  if (format === 'news') return 'news'
  const isTold = format === 'narrative' || format === 'reading'
  if (isTold && speech.rate(INVESTIGATION) >= 3) return 'documentary'
  if (isTold && speech.i > 25 && speech.quotes < 5) return 'personal'
  if (isTold) return reading.kind === 'audiobook_chapter' || speech.quotes >= 8 ? 'fictional' : 'documentary'
  if (format === 'lecture' || speech.rate(TEACHING) >= 8) return 'educational'
  if (speech.i > 40 && speech.past > 60) return 'personal'
  return 'editorial'
}
