import type { Command, Option } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** `items`, which lists them, and `items delete`. */
export function itemsCommand(
  add: (usage: string, description: string) => Command,
  { terminal, done, limit }: { terminal: Terminal; done: (exitCode: number) => void; limit: Option },
): void {
  const items = add('items', 'list items, newest first')
    .enablePositionalOptions()
    .addOption(limit)
    .option('--json')
    .action(async (options) => done(await (await import('../commands/listing-commands.ts')).items(options, terminal)))
  items
    .command('delete <item>')
    .description('erase an item and everything that came from it: texts, vectors, versions, decisions, runs')
    .option('--yes', 'really; without it nothing is done')
    .option('--json')
    .option('--debug', 'log what happens; show stacks of errors')
    .action(async (item: string, options) =>
      done(await (await import('../commands/delete-item-command.ts')).deleteItem(item, options, terminal)),
    )
}
