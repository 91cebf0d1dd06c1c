import { type Document, isCollection, Lexer, Parser, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { splitLabel } from './speaker-labels.ts'
import type { TranscriptMetadata } from './transcript-pieces.ts'

const BLOCK = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/
/** `Speaker:` with a capital begins a turn, so it is not a key. */
const KNOWN_KEY = /^(?:speaker|(?:[Tt]itle|[Ss]peakers|[Dd]ate|[Tt]ags|[Ss]ummary|[Dd]escription))[ \t]*:(?:\s|$)/m

const Names = z.union([
  z.string().transform((name) => [name]),
  z.array(z.unknown()).transform((list) => list.filter((name) => typeof name === 'string')),
])

const MAX_FRONT_MATTER = 20_000
const MOST_ALIASES = 50
/** Enough levels for a list in a map in a list, with the document around it. */
const MOST_LEVELS = 16

/**
 * The YAML library composes nested values recursively. A few thousand levels exhaust the stack. If V8 then has to compile a regular
 * expression, it ends the whole process, which nothing can catch. The library's parser keeps a list of levels, so we count there.
 */
function assertShallow(source: string): void {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(source)) {
    Array.from(parser.next(lexeme))
    if (parser.stack.length > MOST_LEVELS) throw new Error('no front matter')
  }
}

/**
 * Rejects text that the YAML library would process slowly; it is not front matter. The library searches the whole document for
 * each alias, and it repeatedly writes out keys that are nested maps (300 of them take seconds, a thousand take hours).
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
  })
  if (!plain) throw new Error('no front matter')
}

/** Whether a line could be YAML: a key, an entry, a comment, a bracket, or a continuation of the line above. */
const YAML_LINE = /^(?:\s|[-?#&*!|>%@"'{}[\],]|[\p{L}\p{N}_.-]{1,60}[ \t]*:(?:\s|$))/u

const LIST = /^\s*-\s/

/** Whether most lines between two rules are speech: `Host: welcome to the show.`, or words that are not YAML. */
function looksLikeSpeech(source: string): boolean {
  const lines = source.split('\n').filter((line) => line.trim() !== '')
  const labels = new Map<string, number>()
  let speechLines = 0
  for (const line of lines) {
    const label = splitLabel(line)
    if (label === null) {
      if (!YAML_LINE.test(line)) speechLines++
      continue
    }
    labels.set(label.name, (labels.get(label.name) ?? 0) + 1)
    if (label.rest.trim().split(/\s+/).length >= 4 || /[.!?…。！？]["'”’»)\]]*\s*$/.test(label.rest)) speechLines++
  }
  // A key occurs only once in a map, but a speaker's name occurs often.
  return speechLines >= lines.length / 2 || [...labels.values()].some((count) => count > 1)
}

/** The values of a block between two rules; `'text'` if the block is not meant as front matter. */
function valuesOf(source: string, warnings: string[]): object | 'text' {
  if (source.trim() === '') return {}
  const isLong = source.length > MAX_FRONT_MATTER
  const known = !isLong && KNOWN_KEY.test(source)
  if (!known && looksLikeSpeech(source)) return 'text'
  // A block that is too long to be read as YAML may still be a list, which is not a map.
  if (isLong && LIST.test(source)) return 'text'
  try {
    if (isLong) throw new Error('too long')
    assertShallow(source)
    const document = parseDocument(source, { logLevel: 'silent', uniqueKeys: false })
    assertPlain(document)
    const values: unknown = document.toJS({ maxAliasCount: MOST_ALIASES })
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return 'text'
    if (document.errors.length > 0) warnings.push('The front matter is not valid YAML and was read as far as possible.')
    return values
  } catch {
    warnings.push('The front matter could not be read and was ignored.')
    return {}
  }
}

/**
 * The front matter at the start of a text, and its length with its rules; null if there is none. Rules around speech are not
 * front matter: the block has to be a map, and it needs a known key or must contain no speech.
 */
export function frontMatterOf(
  text: string,
): { metadata: TranscriptMetadata; warnings: string[]; length: number } | null {
  const block = BLOCK.exec(text)
  if (block === null) return null
  const warnings: string[] = []
  const values = valuesOf(block[1] ?? '', warnings)
  if (values === 'text') return null
  return { metadata: metadataOf(values), warnings, length: block[0].length }
}

function metadataOf(values: object): TranscriptMetadata {
  const fields = new Map<string, unknown>(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]))
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
