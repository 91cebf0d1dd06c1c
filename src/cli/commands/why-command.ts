import type { CommandLine, CommonOptions } from '../command-line.ts'
import { numberFromOne } from '../input/option-values.ts'
import { itemNamed } from '../service/named-ids.ts'
import { withClient } from '../service/with-client.ts'
import { EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addWhy({ add, terminal, done }: CommandLine): void {
  add('why <item> <pointer>', 'say why a label is there; the pointer is one into the document: /topics/0')
    .option('--version <n>', 'of this earlier version', numberFromOne)
    .option('--json')
    .action(async (item: string, pointer: string, options: WhyOptions) =>
      done(await why(item, pointer, options, terminal)),
    )
}

interface WhyOptions extends CommonOptions {
  version?: number
}

/** Tells in plain sentences how a published label came from what the model saw. */
function why(item: string, pointer: string, options: WhyOptions, terminal: Terminal): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const found = await client.why(await itemNamed(client, item), pointer, options.version)
    const { whyText } = await import('../render/render-why.ts')
    print(found, { json: options.json, terminal }, () => whyText(found, terminal))
    return EXIT.done
  })
}
