/** A word of a sentence with what its form says. Offsets are UTF-16 units from the start of the sentence. */
export interface Token {
  /** Without possessive ending. */
  text: string
  lower: string
  start: number
  /** After the word proper; a possessive ending stands behind it. */
  end: number
  possessive: boolean
  /** What stands between the previous word and this one. */
  gap: string
  capital: boolean
  /** First of a sentence, or after a colon, an opening quote or a dash: a capital says little there. */
  initial: boolean
}

// The bound spares the stack of the engine where a text of millions of characters has no space.
const WORD = /[\p{L}\p{N}@#][\p{L}\p{N}\p{M}_+&'’./-]{0,1000}/gu

// `'Kay`, `'Cause`: a word without its head, no name.
const CLIPPED = /^(?:kay|cause|cuz|em|til|bout|tis|twas|nother|scuse)$/

/** Splits a sentence into words; abbreviations keep their stops, `Ada's` becomes `Ada` with a mark. */
export function tokens(sentence: string): Token[] {
  const out: Token[] = []
  let last = 0
  for (const match of sentence.matchAll(WORD)) {
    const raw = match[0].replace(/^[@#]/, '')
    let text = /^(?:\p{Lu}\.){2,}$/u.test(raw) ? raw : raw.replace(/[.'’/&+-]+$/u, '')
    const possessive = /['’][sS]$/u.test(text) && text.length > 2
    if (possessive) text = text.slice(0, -2).replace(/['’]+$/u, '')
    if (text === '') continue
    const start = match.index + match[0].length - raw.length
    const end = start + text.length
    const gap = sentence.slice(last, start).replace(/^['’][sS]/u, '')
    const lower = text.toLowerCase()
    const isClipped = /['’]$/u.test(gap) && CLIPPED.test(lower)
    out.push({
      text,
      lower,
      start,
      end,
      possessive,
      gap,
      capital: !isClipped && (/^\p{Lu}/u.test(text) || /^\p{Ll}{1,2}\p{Lu}/u.test(text)),
      initial: out.length === 0 || /[:“"‘([«„…]|[.!?]\s|--|[–—]|- $/u.test(gap),
    })
    last = possessive ? end + 2 : end
  }
  return out
}

/** Says whether a word's form alone makes it a name of something made: `OP_RETURN`, `PayJoin`, `BIP341`, `secp256k1`. */
export function isTechnical(word: string): boolean {
  return (
    (/^\p{Lu}[\p{Lu}\p{N}]*_[\p{L}\p{N}_]+$/u.test(word) && !isAcronym(word)) ||
    /^\p{L}*\p{Ll}\p{Lu}\p{L}*$/u.test(word) ||
    /^\p{Lu}{2,}\p{Ll}{2,}$/u.test(word) ||
    /^[Vv]\d+(?:\.\d+)*$/.test(word) ||
    /^\p{Lu}{2,}-?\p{N}+\p{L}?$/u.test(word)
  )
}

/** `HRF`, `HRFs`, `U.S.`, and letter by letter as some transcripts have it: `T_V_s`. */
export const isAcronym = (word: string): boolean =>
  /^(?:\p{Lu}[\p{Lu}\p{N}]{1,5}s?|(?:\p{Lu}\.){2,}|(?:\p{Lu}_)+s?)$/u.test(word)

/** The letters of a name that is nothing but an acronym, in the singular: `TV` of `TVs`, `T_V_` and `T Vs`; null of any other. */
export function lettersOf(words: readonly string[]): string | null {
  const isSpelt =
    words.length > 1 && words.every((word, i) => (i < words.length - 1 ? /^\p{Lu}$/u : /^\p{Lu}s?$/u).test(word))
  if (!isSpelt && !(words.length === 1 && words.every((word) => isAcronym(word) && !isTechnical(word)))) return null
  return words.join('').replace(/s$|[._]/g, '')
}
