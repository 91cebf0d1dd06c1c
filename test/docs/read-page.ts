import { readFileSync } from 'node:fs'

/** A block of commands on a page. */
export interface ShellBlock {
  page: string
  line: number
  code: string
  /** Why it is not run by tests, from a comment above it: `<!-- not run: needs docker -->`. */
  notRun: string | null
  /** What it prints, among other things and in this order, from a comment above it: `<!-- shows: identical | 3 answers -->`. */
  shows: string[]
}

export function shellBlocks(page: string): ShellBlock[] {
  const text = readFileSync(page, 'utf8')
  return [
    ...text.matchAll(
      /(?:<!-- not run: (?<why>[^\n]*?) -->\n+)?(?:<!-- shows: (?<shows>[^\n]*?) -->\n+)?^```sh\n(?<code>.*?)\n```$/gms,
    ),
  ].map((match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length,
    code: match.groups?.code ?? '',
    notRun: match.groups?.why ?? null,
    shows: match.groups?.shows?.split(' | ') ?? [],
  }))
}

/** What stands in the blocks of code of one language, in order; a block that holds others has more ticks around it. */
export function codeBlocks(page: string, language: string): string[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^(?<ticks>`{3,})(?<language>\w*)\n(?<code>.*?)\n\k<ticks>$/gms)
  return [...blocks].flatMap(({ groups }) => (groups?.language === language ? (groups.code ?? '') : []))
}

/** Targets of links, without code. */
export function linksOf(page: string): string[] {
  return [...withoutCode(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => target ?? [])
}

/** The anchors that a page's headings give, as they are made by common renderers. */
export function anchorsOf(page: string): Set<string> {
  const headings = [...withoutCode(readFileSync(page, 'utf8')).matchAll(/^#{1,6} (.+)$/gm)]
  return new Set(
    headings.map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-'),
    ),
  )
}

function withoutCode(text: string): string {
  return text.replaceAll(/^(`{3,}).*?^\1$/gms, '')
}
