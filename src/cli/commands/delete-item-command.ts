import { safe } from '../render/terminal-layout.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

/** `items delete <item> --yes`: erases it; there is no way back. */
export function deleteItem(
  id: string,
  { yes, json, ...options }: { yes?: boolean; json?: boolean; debug?: boolean },
  terminal: Terminal,
): Promise<number> {
  if (yes !== true) throw badUse('this cannot be undone: add --yes to erase the item and everything that came from it')
  return withClient(terminal, options, async ({ client }) => {
    if (!(await client.deleteItem(id)))
      throw failed(`there is no item "${id}"; \`linernotes items\` lists what there is`)
    const said = () => `erased ${safe(id)}; docs/operations.md says how long its bytes stay in files\n`
    print({ deleted: id }, { json, terminal }, said)
    return EXIT.done
  })
}
