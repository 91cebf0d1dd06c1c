// What transcribers write of what they heard besides words, in English and some other languages. Brackets also hold what an
// editor put in (`[the second block]`, `(BIP 341)`), so there only these words make a mark.
const HEARD =
  'inaudible|unintelligible|indistinct|unclear|unverständlich|inaudibles?|incompréhensible|laughter|laughs?|laughing|chuckl(?:es?|ing)|giggl(?:es?|ing)|gelächter|lacht|lachen|risas|rires?|risate|applause|applauds?|clapping|cheer(?:s|ing)|applaus|aplausos|applaudissements|applausi|music|musik|música|musique|musica|jingle|cough(?:s|ing)?|sneez(?:es?|ing)|sniff(?:s|ing)?|sigh(?:s|ing)?|gasps?|gasping|groan(?:s|ing)?|breath(?:es?|ing)?|inhales?|exhales?|yawn(?:s|ing)?|clears throat|clearing throat|whistl(?:es?|ing)|hum(?:s|ming)|crosstalk|cross-talk|cross talk|overlapping(?: (?:speech|talk|voices))?|talking over each other|noise|silence|static|feedback|pause|long pause|gap|beeps?|bleep|click(?:s|ing)?|sounds?|(?:non)?vocalsound|(?:background|mouse|keyboard|phone|audience|door) (?:noise|music|sounds?|talk|chatter|clicks?|rings?|laughter|laughs|applause)|phone rings|interruption|disfmarker|blank_audio|blank audio|no audio|audio (?:cuts|drops) out|foreign(?: language| speech)?|speaks? foreign language|end of (?:audio|recording|tape|transcript)|censored|redacted|expletive|sic'
const CLOCK = String.raw`\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?`
const INSIDE = `(?:(?:${HEARD})(?:[\\s,;&/-]+(?:and\\s+)?(?:${HEARD}|${CLOCK}))*|${CLOCK})`
const MARK = new RegExp(
  [
    // Nobody speaks braces or tags: `{disfmarker}`, `<unk>`.
    String.raw`\{[\p{L}_ :'-]{1,40}\}|<\/?[\p{L}_][\p{L}\p{N}_-]{0,20}>`,
    String.raw`(?<![\p{L}\p{N}])[[(*]\s*${INSIDE}[.!]?\s*[\])*]|♪+`,
  ].join('|'),
  'giu',
)

/**
 * A text of equal length in which the marks of transcribers (`{vocalsound}`, `[inaudible]`, `(laughs)`, `<unk>`) are blank:
 * they are no words that anybody said. What brackets else hold stays.
 */
export function withoutMarks(text: string): string {
  return text.replace(MARK, (mark) => ' '.repeat(mark.length))
}

/**
 * Transcribed words as they are written: without marks, with the single spaces and closed-up punctuation and contractions
 * that tokenised transcripts lack (`I 'm sure , yes` is `I'm sure, yes`), and spelt letters in one (`L_C_D_` is `LCD`).
 */
export function readable(text: string): string {
  return withoutMarks(text)
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{L}) (?=['’](?:s|m|d|re|ve|ll)\b)/giu, '')
    .replace(/(?<=\p{L}) (?=n['’]t\b)/giu, '')
    .replace(/ (?=[,.;:?!](?:\s|$))/g, '')
    .replace(/" ([^"]*?) "/g, '"$1"')
    .replace(/(?<![\p{L}_])(?:\p{L}_){2,}/gu, (spelt) => spelt.replaceAll('_', ''))
    .trim()
}
