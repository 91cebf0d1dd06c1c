/** A sentence by UTF-16 offsets, without the white space around it. `end` is exclusive. */
export interface Sentence {
  start: number
  end: number
}

const ABBREVIATION =
  /(?:^|[\s("“])(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|vs|No|e\.g|i\.e|etc|approx|Inc|Ltd|Co|Gen|Sen|Rep|Gov|Fig|cf|a\.m|p\.m|U\.S|U\.K)\.$/
const ENDING = /[.!?…]+["'”’)\]]*(?=\s|$)|[。！？]+[」』）]?|\n+/gu

/** Cuts `text.slice(start, end)` into sentences in linear time. Abbreviations and initials do not end a sentence. Line breaks do. */
export function sentencesIn(text: string, start = 0, end = text.length): Sentence[] {
  const piece = text.slice(start, end)
  const cuts = [...piece.matchAll(ENDING)]
    .filter(({ 0: mark, index }) => mark !== '.' || !ABBREVIATION.test(piece.slice(Math.max(0, index - 8), index + 1)))
    .map(({ 0: mark, index }) => index + mark.length)
  return [...cuts, piece.length].flatMap((cut, i) => {
    const from = cuts[i - 1] ?? 0
    const raw = piece.slice(from, cut)
    const lead = raw.length - raw.trimStart().length
    const sentence = { start: start + from + lead, end: start + from + raw.trimEnd().length }
    return sentence.end > sentence.start ? [sentence] : []
  })
}
