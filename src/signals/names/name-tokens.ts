/** A word of a sentence, with what its form says. Offsets are UTF-16 units from the start of the sentence. */
export interface Token {
  /** The word without its possessive ending. */
  text: string
  lower: string
  start: number
  /** The end of the word itself. A possessive ending stands after it. */
  end: number
  possessive: boolean
  /** The characters between the previous word and this one. */
  gap: string
  capital: boolean
  /** True if the word is the first of a sentence, or follows a colon, an opening quote or a dash. A capital says little there. */
  initial: boolean
}

// The bound protects the engine's stack if a text of millions of characters has no space.
const WORD = /[\p{L}\p{N}@#][\p{L}\p{N}\p{M}_+&'’./-]{0,1000}/gu

// `'Kay`, `'Cause`: words that lost their beginning are no names.
const CLIPPED = /^(?:kay|cause|cuz|em|til|bout|tis|twas|nother|scuse)$/

/** Splits a sentence into words. Abbreviations keep their full stops. `Ada's` becomes `Ada`, marked as possessive. */
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

/** Says whether the form of a word alone shows that it names something made: `OP_RETURN`, `PayJoin`, `BIP341`, `secp256k1`. */
export function isTechnical(word: string): boolean {
  return (
    (/^\p{Lu}[\p{Lu}\p{N}]*_[\p{L}\p{N}_]+$/u.test(word) && !isAcronym(word)) ||
    /^\p{L}*\p{Ll}\p{Lu}\p{L}*$/u.test(word) ||
    /^\p{Lu}{2,}\p{Ll}{2,}$/u.test(word) ||
    /^[Vv]\d+(?:\.\d+)*$/.test(word) ||
    /^\p{Lu}{2,}-?\p{N}+\p{L}?$/u.test(word)
  )
}

/** True for `HRF`, `HRFs`, `U.S.`, and for letters that some transcripts write one by one: `T_V_s`. */
export const isAcronym = (word: string): boolean =>
  /^(?:\p{Lu}[\p{Lu}\p{N}]{1,5}s?|(?:\p{Lu}\.){2,}|(?:\p{Lu}_)+s?)$/u.test(word)

/** The letters of a name that is only an acronym, in the singular: `TV` for `TVs`, `T_V_` and `T Vs`. Null for any other name. */
export function lettersOf(words: readonly string[]): string | null {
  const isSpelt =
    words.length > 1 && words.every((word, i) => (i < words.length - 1 ? /^\p{Lu}$/u : /^\p{Lu}s?$/u).test(word))
  if (!isSpelt && !(words.length === 1 && words.every((word) => isAcronym(word) && !isTechnical(word)))) return null
  return words.join('').replace(/s$|[._]/g, '')
}
