import type { CommandLine, CommonOptions } from '../command-line.ts'
import { limit } from '../input/option-values.ts'
import { itemsBeginning } from '../service/named-ids.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addItems({ add, terminal, done }: CommandLine): void {
  const items = add('items', 'list items, newest first')
    .enablePositionalOptions()
    .addOption(limit(20))
    .option('--json')
    .action(async (options: CommonOptions & { limit: number }) => done(await listItems(options, terminal)))
  add(
    'delete <item>',
    'erase an item and everything that came from it: texts, vectors, versions, decisions, runs',
    items,
  )
    .option('--yes', 'confirm it; without this nothing is erased')
    .option('--json')
    .action(async (item: string, options: CommonOptions & { yes?: boolean }) =>
      done(await deleteItem(item, options, terminal)),
    )
}

/** Lists items, newest first. */
function listItems({ limit, ...options }: CommonOptions & { limit: number }, terminal: Terminal): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const found = await client.items({}, limit)
    const { itemTable } = await import('../render/render-listings.ts')
    print(found, { json: options.json, terminal }, () =>
      found.length === 0 ? 'no items; `linernotes understand <file>` adds one\n' : itemTable(found, terminal),
    )
    return EXIT.done
  })
}

/** Erases an item. This cannot be undone. */
function deleteItem(
  id: string,
  { yes, json, ...options }: CommonOptions & { yes?: boolean },
  terminal: Terminal,
): Promise<number> {
  if (yes !== true) throw badUse('this cannot be undone: add --yes to erase the item and everything that came from it')
  return withClient(terminal, options, async ({ client }) => {
    if (!(await client.deleteItem(id))) {
      // A prefix of an id is not enough for what cannot be undone.
      const others = await itemsBeginning(client, id)
      if (others !== null) throw badUse(`there is no item "${id}"; to erase an item, give its whole id`, others)
      throw failed(`there is no item "${id}"; \`linernotes items\` lists what there is`)
    }
    const { safe } = await import('../render/terminal-layout.ts')
    const erasedText = () => `erased ${safe(id)}; docs/operations.md says how long its bytes stay in files\n`
    print({ deleted: id }, { json, terminal }, erasedText)
    return EXIT.done
  })
}
