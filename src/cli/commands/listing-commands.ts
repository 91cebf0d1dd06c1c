import { safe, table, truncate } from '../render/terminal-layout.ts'
import { withClient } from '../service/with-client.ts'
import { EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { formatOf, print, renderUnderstanding } from '../terminal/write-output.ts'

interface Common {
  json?: boolean | undefined
  debug?: boolean | undefined
}

/** `items`: newest first. */
export function items({ limit, ...options }: Common & { limit: number }, terminal: Terminal): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const found = await client.items(limit)
    const rows = found.map(({ id, kind, title, current }) => [
      truncate(safe(id), 48),
      kind.replaceAll('_', ' '),
      current === null ? 'nothing yet' : `v${current.version} ${current.status}`,
      truncate(safe(title), 60),
    ])
    print(found, { json: options.json, terminal }, () =>
      rows.length === 0 ? 'no items; `linernotes understand <file>` adds one\n' : table(rows),
    )
    return EXIT.done
  })
}

/** `show <item>`: what is published of it, in any format. */
export function show(
  itemId: string,
  { version, ...options }: Common & { format?: string; version?: number },
  terminal: Terminal,
): Promise<number> {
  const format = formatOf(options, terminal)
  return withClient(terminal, options, async ({ client }) => {
    const found = await client.understanding(itemId, version)
    if (found === null)
      throw failed(
        version === undefined
          ? `nothing is published of an item "${itemId}"; \`linernotes items\` lists what there is`
          : `item "${itemId}" has no version ${version}; without --version the current one is shown`,
      )
    terminal.out(await renderUnderstanding(found, format, { terminal }))
    return EXIT.done
  })
}
