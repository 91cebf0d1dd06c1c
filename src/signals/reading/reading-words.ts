// The bounds protect the engine's stack if a text of millions of characters has no space.
const WORD = /[\p{L}\p{N}\p{M}]{1,1000}(?:['’][\p{L}]{1,1000})*/gu
// Scripts without spaces between words are measured in pairs of characters.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

// English words that carry no subject, with the fillers of speech.
const FUNCTION_WORDS = `a about above after again against ain all almost already also although always am among an and another any anybody
anyone anything anyway are aren around as at away back basically be because been before being below between both but by call came can
cannot come comes could couldn did didn do does doesn doing don done down during each either else enough even ever every everybody everyone everything
exactly few first for from further gave get gets getting give given go goes going gone gonna good got gotta great guess guy guys had hadn has hasn have
haven having he her here hers herself hey him himself his how however i if in into is isn it its itself just keep kind know
last least let like little ll look lot lots made make makes making many may maybe me mean means might mine mm more most
much must my myself need never new next no nobody none nor not nothing now of off oh ok okay old on once one ones only or other others
our ours ourselves out over own part people perhaps please point pretty probably put quite rather re really right said same saw say
saying says see seem seems seen shall she should shouldn since so some somebody someone something sometimes somewhere sort still
stuff such sure take taken takes taking talk talking tell than thank thanks that the their theirs them themselves then there these they thing things think
thinking this those though thought three through time to today together too took towards try trying two uh um under until up upon us use used
uses using ve very want wanted wants was wasn way ways we well went were weren what whatever when where whether which while who
whole whom whose why will with within without won work would wouldn yeah year years yes yet you your yours yourself d m s t`

export const STOP_WORDS: ReadonlySet<string> = new Set(FUNCTION_WORDS.split(/\s+/))

/**
 * The words of a text in order, in lower case, without possessive and contracted endings. Scripts without spaces give pairs of characters.
 */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(WORD)].flatMap(([raw]) => {
    if (UNSPACED.test(raw)) {
      const characters = [...raw]
      return characters.length < 2
        ? characters
        : characters.slice(1).map((character, i) => `${characters[i]}${character}`)
    }
    const word = raw.toLowerCase().split(/['’]/)[0] ?? ''
    return word === '' ? [] : [word]
  })
}

const VOWEL = /[aeiouy]/

/** A light English stem, which is enough to bring `mining`, `mines` and `mined` together. Other words pass through nearly unchanged. */
export function stem(word: string): string {
  if (word.length < 4) return word
  let base = word
  if (base.endsWith('ies')) base = base.length > 4 ? `${base.slice(0, -3)}y` : base.slice(0, -1)
  else if (/(?:ss|x|ch|sh|zz)es$/.test(base)) base = base.slice(0, -2)
  else if (/[^sui]s$/.test(base)) base = base.slice(0, -1)
  const suffix = /(?:ing|ed)$/.exec(base)
  if (suffix !== null && suffix.index >= 3 && VOWEL.test(base.slice(0, suffix.index))) {
    base = base.slice(0, suffix.index)
    if (/([^aeioulsz])\1$/.test(base) && base.length > 3) base = base.slice(0, -1)
    // Short stems that lost an e: mining -> mine, coded -> code.
    else if (/^[^aeiou][aeiou][^aeiouwxy]$/.test(base)) base = `${base}e`
  }
  if (base.length > 4 && base.endsWith('e')) base = base.slice(0, -1)
  if (base.length > 3 && base.endsWith('y')) base = `${base.slice(0, -1)}i`
  return base
}

/** The stems of the words that carry a subject, in order, with repetitions. */
export function contentStems(text: string): string[] {
  return wordsOf(text)
    .filter((word) => word.length > 1 && !STOP_WORDS.has(word) && !/^\d+$/.test(word))
    .map(stem)
}

/** A word with its stem and its place. Offsets are UTF-16 units in the text in which it was found. */
export interface Token {
  word: string
  stem: string
  start: number
  end: number
}

/** The words of `text.slice(start, end)` with their places. `word` is what {@link wordsOf} makes of each. */
export function tokensIn(text: string, start = 0, end = text.length): Token[] {
  return [...text.slice(start, end).matchAll(WORD)].flatMap(({ 0: raw, index }) => {
    const word = raw.toLowerCase().split(/['’]/)[0] ?? ''
    return word === '' ? [] : [{ word, stem: stem(word), start: start + index, end: start + index + raw.length }]
  })
}
