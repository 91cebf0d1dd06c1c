/** A stretch of a text, in UTF-16 units, without white space at its ends. */
export interface Span {
  start: number
  end: number
}

/** `Intl.Segmenter` takes quadratic time in the length of its input: 96 KB take 8 s as a whole and 0.2 s in pieces of 400 characters. */
const PIECE = 400
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

// ICU ends a sentence after these. The list holds only abbreviations that hardly ever end a sentence, and single initials.
const ABBREVIATION =
  /(?:^|[\s("'“‘[])(?:Dr|Mr|Mrs|Ms|Mx|Prof|Rev|Hon|Sen|Rep|Gov|Gen|Col|Maj|Capt|Lt|Sgt|St|Mt|Ft|Messrs|Mme|Mlle|vs|cf|ca|approx|Fig|Eq|Vol|No|Nr|Nos|pp|e\.g|i\.e|z\.B|d\.h|u\.a|bzw|ggf|evtl|Hr|Fr|Sra|Dra|M|\p{Lu})\.\s*$/u
/** "So did I." ends a sentence, unlike "J. R. Smith". */
const PRONOUN_I = /\bI\.\s*$/

const TERMINAL = /[.!?…:;。！？।؟]["'”’»)\]]*$/
/** A line at least this long was probably wrapped by its editor. */
const WRAPPED = 50

/** Whether a line break ends a sentence: after its punctuation, and between short lines that begin with a capital (verse, lists). */
function breaksSentence(line: string, next: string): boolean {
  if (next === '' || line === '') return true
  if (TERMINAL.test(line)) return true
  if (/^[\p{Ll},;)]/u.test(next) || /[,;–—-]$/.test(line)) return false
  return line.length < WRAPPED
}

function* paragraphs(text: string): Generator<Span> {
  let start = 0
  let at = 0
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at)
    if (lineEnd === -1) break
    const nextEnd = text.indexOf('\n', lineEnd + 1)
    const next = text.slice(lineEnd + 1, nextEnd === -1 ? text.length : nextEnd)
    if (breaksSentence(text.slice(at, lineEnd).trimEnd(), next.trimStart())) {
      yield { start, end: lineEnd }
      start = lineEnd + 1
    }
    at = lineEnd + 1
  }
  yield { start, end: text.length }
}

/** The starts of ICU's sentences in one paragraph, read in windows that each begin at a sentence. */
function sentenceStarts(paragraph: string): number[] {
  const starts: number[] = [0]
  let from = 0
  while (from < paragraph.length) {
    const to = Math.min(paragraph.length, from + PIECE)
    const piece = paragraph.slice(from, to)
    const parts = [...segmenter.segment(piece)].map((part) => from + part.index)
    if (to === paragraph.length) {
      starts.push(...parts.slice(1))
      break
    }
    const last = parts.at(-1) ?? from
    if (parts.length > 1) {
      starts.push(...parts.slice(1))
      from = last
    } else {
      // A sentence longer than the window continues; the next window begins at a word, so that no false break appears.
      const space = piece.lastIndexOf(' ')
      from = space > PIECE / 2 ? from + space + 1 : to
    }
  }
  return starts
}

function trimmed(text: string, start: number, end: number): Span | null {
  let from = start
  let to = end
  while (from < to && /\s/.test(text[from] ?? '')) from++
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--
  return from < to ? { start: from, end: to } : null
}

/**
 * Cuts a text into sentences, in order, without overlap; together they hold every character that is not white space.
 * Uses Unicode's rules (UAX 29, by `Intl.Segmenter`), corrected after abbreviations and initials; wrapped lines are joined.
 */
export function sentences(text: string): Span[] {
  const spans: Span[] = []
  for (const { start, end } of paragraphs(text)) {
    const paragraph = text.slice(start, end).replace(/\n/g, ' ')
    const starts = sentenceStarts(paragraph)
    let from = 0
    for (const [at, offset] of starts.entries()) {
      const to = starts[at + 1] ?? paragraph.length
      if (to < paragraph.length) {
        const tail = paragraph.slice(Math.max(from, to - 24), to)
        if (ABBREVIATION.test(tail) && !PRONOUN_I.test(tail)) continue
      }
      const span = trimmed(text, start + from, start + to)
      if (span !== null) spans.push(span)
      from = Math.max(to, offset)
    }
  }
  return spans
}
