// What transcribers write for sounds other than words, in English and some other languages. Editors also put their additions into brackets
// (`[the second block]`, `(BIP 341)`), so only these words make a mark.
const SOUND_WORDS =
  'inaudible|unintelligible|indistinct|unclear|unverständlich|inaudibles?|incompréhensible|laughter|laughs?|laughing|chuckl(?:es?|ing)|giggl(?:es?|ing)|gelächter|lacht|lachen|risas|rires?|risate|applause|applauds?|clapping|cheer(?:s|ing)|applaus|aplausos|applaudissements|applausi|music|musik|música|musique|musica|jingle|cough(?:s|ing)?|sneez(?:es?|ing)|sniff(?:s|ing)?|sigh(?:s|ing)?|gasps?|gasping|groan(?:s|ing)?|breath(?:es?|ing)?|inhales?|exhales?|yawn(?:s|ing)?|clears throat|clearing throat|whistl(?:es?|ing)|hum(?:s|ming)|crosstalk|cross-talk|cross talk|overlapping(?: (?:speech|talk|voices))?|talking over each other|noise|silence|static|feedback|pause|long pause|gap|beeps?|bleep|click(?:s|ing)?|sounds?|(?:non)?vocalsound|(?:background|mouse|keyboard|phone|audience|door) (?:noise|music|sounds?|talk|chatter|clicks?|rings?|laughter|laughs|applause)|phone rings|interruption|disfmarker|blank_audio|blank audio|no audio|audio (?:cuts|drops) out|foreign(?: language| speech)?|speaks? foreign language|end of (?:audio|recording|tape|transcript)|censored|redacted|expletive|sic'
const CLOCK = String.raw`\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?`
const MARK_CONTENT = `(?:(?:${SOUND_WORDS})(?:[\\s,;&/-]+(?:and\\s+)?(?:${SOUND_WORDS}|${CLOCK}))*|${CLOCK})`
const MARK = new RegExp(
  [
    // Nobody speaks braces or tags: `{disfmarker}`, `<unk>`.
    String.raw`\{[\p{L}_ :'-]{1,40}\}|<\/?[\p{L}_][\p{L}\p{N}_-]{0,20}>`,
    String.raw`(?<![\p{L}\p{N}])[[(*]\s*${MARK_CONTENT}[.!]?\s*[\])*]|♪+`,
  ].join('|'),
  'giu',
)

/**
 * A text of equal length in which transcribers' marks (`{vocalsound}`, `[inaudible]`, `(laughs)`, `<unk>`) are blank, because nobody said
 * them. Other text in brackets stays.
 */
export function withoutMarks(text: string): string {
  return text.replace(MARK, (mark) => ' '.repeat(mark.length))
}

/**
 * Transcribed words in ordinary writing. Marks are removed and spaces are single. Tokenised transcripts set punctuation and contractions
 * apart; they are closed up (`I 'm sure , yes` becomes `I'm sure, yes`). Letters that are spelt out are joined (`L_C_D_` becomes `LCD`).
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
