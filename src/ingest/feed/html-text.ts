import { Parser } from 'htmlparser2'
import { normalise } from '../../content/text/text.ts'

const SILENT = new Set(['script', 'style', 'head', 'template', 'noscript', 'svg'])
const MAX_TAGS = 20_000
const BREAKS = new Set([
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'tr',
  'table',
  'section',
  'hr',
])
const MARKUP = /<(?:\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?|!--)>?|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});/i

/** The normalised text of a description, from HTML or plain text. */
export function htmlToText(source: string): string {
  if (!MARKUP.test(source)) return normalise(source)
  // The parser takes quadratic time in the number of open elements. Real notes never have so many.
  if (source.split('<').length > MAX_TAGS) return normalise(source.replace(/<[^<>]{0,1000}>/g, ' '))
  let text = ''
  let silent = 0
  const parser = new Parser({
    onopentag(name) {
      if (SILENT.has(name)) silent++
      if (name === 'br') text += '\n'
      else if (BREAKS.has(name)) text += name === 'li' || name === 'tr' ? '\n' : '\n\n'
    },
    ontext(part) {
      if (silent === 0) text += part
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent = Math.max(0, silent - 1)
      if (BREAKS.has(name) && name !== 'li' && name !== 'tr') text += '\n\n'
    },
  })
  parser.end(source)
  return normalise(text)
}
