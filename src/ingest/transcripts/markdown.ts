import { frontMatterOf } from './front-matter.ts'
import type { Reading } from './pieces.ts'
import { readTurns } from './turns.ts'

/** A document that announces itself as Markdown: front matter, or a heading. */
export function looksLikeMarkdown(text: string): boolean {
  return /^#{1,6} \S/m.test(text) || frontMatterOf(text) !== null
}

/** Inline markup reduced to the words that a reader sees. Every repetition is bounded, so that no line costs quadratic time. */
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

/**
 * Reads Markdown: front matter is metadata and not text, headings leave the text, markup is reduced to what a reader
 * sees, and what remains is read as turns.
 */
export function readMarkdown(text: string): Reading {
  const { metadata, warnings, length } = frontMatterOf(text) ?? { metadata: {}, warnings: [], length: 0 }
  const body = text.slice(length).replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  const blocks: (string | { heading: string })[] = []
  for (const line of body.split('\n')) {
    const heading = /^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$/.exec(line)
    if (heading !== null) blocks.push({ heading: plainLine(heading[1] ?? '').trim() })
    else if (
      /^\s{0,3}(?:```|~~~)|^\s{0,3}\[[^\]\n]+\]:\s+<?(?:[a-z]+:\/\/|mailto:|[/#]|www\.)|^\s{0,3}(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$/.test(
        line,
      )
    )
      blocks.push('')
    else blocks.push(plainLine(line))
  }
  return { pieces: readTurns(blocks, metadata.speakers ?? []), metadata, warnings, sortable: false }
}
