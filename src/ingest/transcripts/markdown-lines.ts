import { splitLabel } from './speaker-labels.ts'

/** The kind of a Markdown line: a heading, the underline of a heading, the edge of a code block, or text. */
export type MarkdownLine =
  | { kind: 'heading'; line: string; title: string; level: number }
  | { kind: 'underline' | 'fence' | 'text'; line: string }

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/
const UNDERLINE = /^ {0,3}(?:={2,}|-{2,})[ \t]*$/
const MOST_TITLE_WORDS = 12

/** For each line, whether it is the edge of a code block or inside one. A fence that is never closed encloses nothing. */
function fencesOf(lines: readonly string[]): ('edge' | 'inside' | null)[] {
  const found = lines.map((line) => {
    const [, mark = '', info = ''] = FENCE.exec(line) ?? []
    return {
      sign: mark[0],
      length: mark.length,
      closes: info.trim() === '',
      opens: !(mark[0] === '`' && info.includes('`')),
    }
  })
  // Goes from the end: for each fence character, the longest fence below that could close a block.
  const longest: Record<string, number> = {}
  const closable = new Set<number>()
  for (const [at, { sign, length, closes }] of [...found.entries()].reverse()) {
    if (sign === undefined) continue
    if ((longest[sign] ?? 0) >= length) closable.add(at)
    if (closes) longest[sign] = Math.max(longest[sign] ?? 0, length)
  }
  let open: { sign: string; length: number } | null = null
  return found.map(({ sign, length, closes, opens }, at) => {
    if (open !== null) {
      if (sign !== open.sign || length < open.length || !closes) return 'inside'
      open = null
      return 'edge'
    }
    if (sign === undefined || !opens) return null
    if (closable.has(at)) open = { sign, length }
    return 'edge'
  })
}

/**
 * Whether the underline below a single line makes it a title. A row of dashes below a turn or a whole sentence is a rule, because
 * spoken words must not become a title.
 */
function isTitle(line: string, above: string, underline: string): boolean {
  if (above.trim() !== '' || !/^ {0,3}[^\s>#|<]/.test(line) || /^\s*(?:[-*+]|\d{1,3}[.)])\s/.test(line)) return false
  if (!/[\p{L}\p{N}]/u.test(line) || line.trim().split(/\s+/).length > MOST_TITLE_WORDS) return false
  if (underline.includes('=')) return true
  return splitLabel(line.trim()) === null && !/[.!?…。！？:：,;]["'”’»)\]]*\s*$/u.test(line)
}

/** Reads the lines of a Markdown body one by one, including both kinds of headings and code blocks. */
export function markdownLines(body: string): MarkdownLine[] {
  const lines = body.split('\n')
  const fences = fencesOf(lines)
  const read: MarkdownLine[] = []
  for (const [at, line] of lines.entries()) {
    const before = read.at(-1)
    const underlined = before?.kind === 'heading' && !HEADING.test(before.line)
    const heading = HEADING.exec(line)
    const below = fences[at + 1] === null ? (lines[at + 1] ?? '') : ''
    if (fences[at] === 'edge') read.push({ kind: 'fence', line })
    else if (fences[at] === 'inside') read.push({ kind: 'text', line })
    else if (underlined) read.push({ kind: 'underline', line })
    else if (heading !== null)
      read.push({ kind: 'heading', line, title: heading[2] ?? '', level: heading[1]?.length ?? 1 })
    else if (UNDERLINE.test(below) && isTitle(line, before?.kind === 'text' ? before.line : '', below))
      read.push({ kind: 'heading', line, title: line.trim(), level: below.includes('=') ? 1 : 2 })
    else read.push({ kind: 'text', line })
  }
  return read
}
