import { Option } from 'commander'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import { KINDS, limit } from '../input/option-values.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addSearch({ add, terminal, done }: CommandLine): void {
  add('search <text>', 'find items by words and meaning')
    .addOption(new Option('--kind <kind>', 'only items of this kind').choices(KINDS))
    .addOption(limit(10, 50))
    .option('--json')
    .action(async (text: string, options: SearchOptions) => done(await search(text, options, terminal)))
}

interface SearchOptions extends CommonOptions {
  limit: number
  kind?: string
}

/** Finds items by words and by meaning, and shows the places that match best. */
function search(text: string, { limit, kind, ...options }: SearchOptions, terminal: Terminal): Promise<number> {
  if (text.trim() === '') throw badUse('say what to search for, in plain words')
  return withClient(terminal, options, async ({ client, connection }) => {
    const filters = kind === undefined ? {} : { kinds: [kind] }
    const { readFound, foundText } = await import('../render/render-search.ts')
    const found = readFound(await client.search({ text, limit, filters }))
    const served = connection.server !== null
    print(found, { json: options.json, terminal }, () => foundText(found, { served, terminal }))
    return EXIT.done
  })
}
