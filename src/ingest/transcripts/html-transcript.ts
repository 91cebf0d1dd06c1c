import { Parser } from 'htmlparser2'
import { type HtmlBlock, type HtmlRun, turnsOf } from './html-turns.ts'
import { TranscriptError } from './transcript-error.ts'
import type { ParsedTranscript } from './transcript-pieces.ts'

/** Browsers stop at 512 open elements; the parser takes quadratic time in their number. */
const MAX_DEPTH = 4096

const SILENT = new Set(['script', 'style', 'head', 'nav', 'template', 'noscript', 'svg', 'button', 'form', 'footer'])
/** Elements whose text is separate from the text around it, even without a space in the source. */
const BLOCK = new Set(
  [
    'p div section article aside main header body blockquote pre address figure figcaption details summary hr',
    'ul ol li dl dt dd table caption thead tbody tfoot tr td th',
  ].flatMap((names) => names.split(' ')),
)
const HEADING = /^h[1-6]$/
/** Inline elements that can name the speaker or the time. If they are nested, the first in this list counts. */
const NAMING_ELEMENTS = ['time', 'cite', 'bold'] as const
const NONE_OPEN = { time: 0, cite: 0, bold: 0 }
const INLINE: Readonly<Record<string, (typeof NAMING_ELEMENTS)[number]>> = {
  time: 'time',
  cite: 'cite',
  strong: 'bold',
  b: 'bold',
}

/**
 * Reads Podcasting 2.0 HTML: `<cite>` names the speaker of the following text, `<time>` gives its time, block elements are
 * paragraphs, `<h1>`-`<h6>` are headings, and `<strong>Name:</strong>` opens a turn. Broken HTML is read as a browser reads it.
 * @throws {TranscriptError} `too_deep`
 */
export function readHtml(html: string): ParsedTranscript {
  const blocks: HtmlBlock[] = []
  let block: HtmlBlock = { heading: false, runs: [] }
  let run: HtmlRun | null = null
  /** The number of open elements of each kind. */
  let open = { ...NONE_OPEN }
  let silent = 0
  let depth = 0
  let preformatted = 0
  const begin = (heading: boolean) => {
    if (block.runs.length > 0) blocks.push(block)
    block = { heading, runs: [] }
    open = { ...NONE_OPEN }
    run = null
  }
  const told = () => NAMING_ELEMENTS.find((tag) => open[tag] > 0) ?? 'text'
  const add = (tag: HtmlRun['tag'], text: string, datetime?: string) => {
    if (run?.tag === tag) {
      run.text += text
      return
    }
    run = { tag, text, ...(datetime === undefined ? {} : { datetime }) }
    block.runs.push(run)
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      if (++depth > MAX_DEPTH) {
        throw new TranscriptError(
          'too_deep',
          `The HTML has more than ${MAX_DEPTH} elements inside one another; no transcript has.`,
        )
      }
      if (SILENT.has(name)) silent++
      if (silent > 0) return
      if (name === 'pre') preformatted++
      const tag = INLINE[name]
      if (name === 'br') add(told(), '\n')
      else if (HEADING.test(name) || BLOCK.has(name)) begin(HEADING.test(name))
      else if (tag !== undefined) {
        open[tag]++
        run = null
        if (tag === 'time') add(tag, '', attributes.datetime ?? '')
      }
    },
    ontext(text) {
      if (silent > 0) return
      // White space in HTML source is layout; real line breaks are <br> or inside <pre>.
      const shown = preformatted > 0 ? text : text.replace(/\s+/g, ' ')
      add(told(), shown)
    },
    onclosetag(name) {
      depth--
      if (SILENT.has(name)) silent = Math.max(0, silent - 1)
      if (silent > 0) return
      if (name === 'pre') preformatted = Math.max(0, preformatted - 1)
      const tag = INLINE[name]
      if (HEADING.test(name) || BLOCK.has(name)) begin(false)
      else if (tag !== undefined && open[tag] > 0) {
        open[tag]--
        run = null
      }
    },
  })
  parser.end(html)
  begin(false)
  return { pieces: turnsOf(blocks), metadata: {}, warnings: [], sortable: false }
}
