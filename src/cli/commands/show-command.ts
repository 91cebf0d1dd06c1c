import { Option } from 'commander'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import { numberFromOne } from '../input/option-values.ts'
import { itemNamed } from '../service/named-ids.ts'
import { withClient } from '../service/with-client.ts'
import { EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { FORMATS, formatOf, renderUnderstanding } from '../terminal/write-output.ts'

export function addShow({ add, terminal, done }: CommandLine): void {
  add('show <item>', 'show what is published of an item')
    .addOption(
      new Option('--format <format>', 'the format; by default table on a terminal, otherwise json').choices(FORMATS),
    )
    .option('--version <n>', 'this earlier version', numberFromOne)
    .option('--json', 'the same as --format json')
    .action(async (item: string, options: ShowOptions) => done(await show(item, options, terminal)))
}

interface ShowOptions extends CommonOptions {
  format?: string
  version?: number
}

/** Shows the published document of an item in any format. */
function show(item: string, { version, ...options }: ShowOptions, terminal: Terminal): Promise<number> {
  const format = formatOf(options, terminal)
  return withClient(terminal, options, async ({ client }) => {
    const itemId = await itemNamed(client, item)
    const found = await client.understanding(itemId, version)
    if (found === null)
      throw failed(
        version === undefined
          ? `nothing is published of an item "${itemId}"; \`linernotes items\` lists what there is`
          : `item "${itemId}" has no version ${version}; without --version the current one is shown`,
      )
    terminal.out(await renderUnderstanding(found, format, { terminal, client }))
    return EXIT.done
  })
}
