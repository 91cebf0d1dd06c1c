import { type Document, isCollection, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import type { Reading, TranscriptMetadata } from './pieces.ts'
import { readTurns } from './turns.ts'

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/

/** A document that announces itself as Markdown: front matter, or a heading. */
export function looksLikeMarkdown(text: string): boolean {
  return /^---[ \t]*\n[\s\S]{0,20000}?^(?:---|\.\.\.)[ \t]*$/m.test(text) || /^#{1,6} \S/m.test(text)
}

const Names = z.union([
  z.string().transform((name) => [name]),
  z.array(z.unknown()).transform((list) => list.filter((name) => typeof name === 'string')),
])

const MAX_FRONT_MATTER = 20_000
const MOST_ALIASES = 50
const MAX_DEPTH = 8

/**
 * What takes the YAML library long is no front matter: each alias is looked for in the whole document, and keys that are maps
 * inside each other are written out again and again (300 of them take seconds, a thousand hours).
 */
function assertPlain(document: Document): void {
  let aliases = 0
  let plain = true
  const no = () => {
    plain = false
    return visit.BREAK
  }
  visit(document, {
    Alias() {
      aliases += 1
      return aliases > MOST_ALIASES ? no() : undefined
    },
    Pair: (_, { key }) => (isCollection(key) ? no() : undefined),
    Collection: (_key, _node, path) => (path.length > 2 * MAX_DEPTH ? no() : undefined),
  })
  if (!plain) throw new Error('no front matter')
}

function readFrontMatter(source: string, warnings: string[]): TranscriptMetadata {
  let values: unknown
  try {
    if (source.length > MAX_FRONT_MATTER) throw new Error('too long')
    const document = parseDocument(source, { logLevel: 'silent', uniqueKeys: false })
    assertPlain(document)
    if (document.errors.length > 0) warnings.push('The front matter is not valid YAML and was read as far as possible.')
    values = document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch {
    warnings.push('The front matter could not be read and was ignored.')
    return {}
  }
  if (typeof values !== 'object' || values === null) return {}
  const fields = new Map<string, unknown>(Object.entries(values))
  const text = (key: string) => {
    const value = fields.get(key)
    if (value instanceof Date) return value.toISOString().slice(0, 10)
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
  const names = (...keys: string[]) => {
    const found = keys.map((key) => Names.safeParse(fields.get(key))).find((result) => result.success)
    return found?.success === true && found.data.length > 0 ? found.data : undefined
  }
  const title = text('title')
  const date = text('date')
  const summary = text('summary') ?? text('description')
  const speakers = names('speakers', 'speaker')
  const tags = names('tags')
  return {
    ...(title === undefined ? {} : { title }),
    ...(speakers === undefined ? {} : { speakers }),
    ...(date === undefined ? {} : { date }),
    ...(tags === undefined ? {} : { tags }),
    ...(summary === undefined ? {} : { summary }),
  }
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
  const warnings: string[] = []
  const front = FRONT_MATTER.exec(text)
  const metadata = front === null ? {} : readFrontMatter(front[1] ?? '', warnings)
  const body = text.slice(front?.[0].length ?? 0).replace(/<!--[\s\S]*?(?:-->|$)/g, '')
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
