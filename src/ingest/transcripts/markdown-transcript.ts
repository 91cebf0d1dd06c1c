import { frontMatterOf } from './front-matter.ts'
import { type MarkdownLine, markdownLines } from './markdown-lines.ts'
import type { ParsedTranscript } from './transcript-pieces.ts'
import { readTurns } from './turn-transcript.ts'

/** Whether a document shows that it is Markdown: it begins with front matter or a heading. */
export function looksLikeMarkdown(text: string): boolean {
  return /^#{1,6} \S|^ {0,3}[^\s>|][^\n]{0,200}\n={3,}[ \t]*$/m.test(text) || frontMatterOf(text) !== null
}

/** Reduces inline markup to the words that a reader sees. Every repetition is bounded, so that no line costs quadratic time. */
function plainLine(line: string): string {
  return line
    .replace(/^\s{0,3}(?:>\s?)+/, '')
    .replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s+(?=\S)/, '')
    .replace(/!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)/g, '')
    .replace(/\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)/g, '$1')
    .replace(/\[([^\]\n^]{1,500})\]\[[^\]\n]{0,200}\]/g, '$1')
    .replace(/\[\^[^\]\n]{1,100}\]/g, '')
    .replace(/<(https?:\/\/[^>\s]+)>/g, '$1')
    .replace(/<\/?[a-z][^<>\n]{0,1000}>/gi, '')
    .replace(/(\*{1,3}|_{2,3})(?=\S)([^\n]{0,500}?\S)\1/g, '$2')
    .replace(/(^|[^\p{L}\p{N}_])_(?=\S)([^_\n]{0,500}\S)_(?![\p{L}\p{N}_])/gu, '$1$2')
    .replace(/\*\*/g, '')
    .replace(/~~([^~\n]+)~~/g, '$1')
    .replace(/`+([^`\n]+)`+/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!>~|])/g, '$1')
}

const LINK_OR_RULE =
  /^\s{0,3}\[[^\]\n]+\]:\s+<?(?:[a-z]+:\/\/|mailto:|[/#]|www\.)|^\s{0,3}(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$/

/** Splits a Markdown text into front matter and the lines below it, without comments. */
function split(text: string) {
  const front = frontMatterOf(text)
  const begin = front?.length ?? 0
  const body = text.slice(begin).replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  return { front, head: text.slice(0, begin), lines: markdownLines(body) }
}

/**
 * Reads Markdown. Front matter is metadata and not text, headings are removed from the text, markup is reduced to what a
 * reader sees, and the rest is read as turns.
 */
export function readMarkdown(text: string): ParsedTranscript {
  const { front, lines } = split(text)
  const { metadata, warnings } = front ?? { metadata: {}, warnings: [] }
  const title = documentTitle(lines)
  const blocks = lines.map((entry) => {
    if (entry === title) return ''
    if (entry.kind === 'heading') return { heading: plainLine(entry.title).trim() }
    return entry.kind !== 'text' || LINK_OR_RULE.test(entry.line) ? '' : plainLine(entry.line)
  })
  const own = title === null ? {} : { title: plainLine(title.title).trim() }
  const pieces = readTurns(blocks, metadata.speakers ?? [])
  return { pieces, metadata: { ...own, ...metadata }, warnings, sortable: false }
}

/** The heading that names the whole document: it is the first line, another heading follows directly, and all others rank below it. */
function documentTitle(lines: readonly MarkdownLine[]): Extract<MarkdownLine, { kind: 'heading' }> | null {
  const [first, second] = lines.filter(({ kind, line }) => kind !== 'underline' && line.trim() !== '')
  if (first?.kind !== 'heading' || second?.kind !== 'heading') return null
  const isAbove = lines.every((other) => other === first || other.kind !== 'heading' || other.level > first.level)
  return isAbove ? first : null
}

/** A Markdown text without the lines that {@link readMarkdown} reads as headings; the speech in it does not change. */
export function withoutMarkdownHeadings(text: string): string {
  const { head, lines } = split(text.trimStart())
  return head + lines.map(({ kind, line }) => (kind === 'heading' || kind === 'underline' ? '' : line)).join('\n')
}
