import type { Understanding } from '../../content/understanding-schema.ts'
import type { Client } from '../service/service-client.ts'
import { badUse } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

export const FORMATS = ['table', 'json', 'openrtb', 'chapters', 'jsonld'] as const
export type Format = (typeof FORMATS)[number]

/** The format that was asked for. The default is a table for people, and JSON for programs. */
export function formatOf(
  { format, json }: { format?: string | undefined; json?: boolean | undefined },
  { outIsTerminal }: Pick<Terminal, 'outIsTerminal'>,
): Format {
  if (format === undefined) return json === true || !outIsTerminal ? 'json' : 'table'
  const known = FORMATS.find((name) => name === format)
  if (known === undefined) throw badUse(`there is no format "${format}"; there are ${FORMATS.join(', ')}`)
  if (json === true && known !== 'json') throw badUse('--json and --format name different formats')
  return known
}

/**
 * Writes a document in a format. `client` is asked for titles, which people read instead of ids. With `line`, JSON is on one line, for
 * streams of documents.
 */
export async function renderUnderstanding(
  understanding: Understanding,
  format: Format,
  {
    terminal,
    client,
    line = false,
  }: { terminal: Pick<Terminal, 'style' | 'columns'>; client: Pick<Client, 'similar'>; line?: boolean },
): Promise<string> {
  const json = (value: unknown) => `${JSON.stringify(value, null, line ? undefined : 2)}\n`
  switch (format) {
    case 'json':
      return json(understanding)
    case 'table': {
      const { understandingTable } = await import('../render/render-understanding.ts')
      const near = understanding.similar.length === 0 ? null : await client.similar(understanding.item.id)
      const titles = new Map(near?.entries.map(({ itemId, title }) => [itemId, title]))
      return understandingTable(understanding, { ...terminal, titles })
    }
    case 'openrtb': {
      const { toOpenRtbContent } = await import('../../content/formats/openrtb.ts')
      return json(toOpenRtbContent(understanding))
    }
    case 'chapters': {
      const { toPodcastChapters } = await import('../../content/formats/podcast-chapters.ts')
      return json(toPodcastChapters(understanding))
    }
    case 'jsonld': {
      const { toJsonLd } = await import('../../content/formats/jsonld.ts')
      return json(toJsonLd(understanding))
    }
  }
}

/** Prints JSON if it was asked for, and otherwise what `readable` makes for people. */
export function print(
  value: unknown,
  { json, terminal }: { json?: boolean | undefined; terminal: Terminal },
  readable: () => string,
): void {
  terminal.out(json === true ? `${JSON.stringify(value, null, 2)}\n` : readable())
}
