import { Command, InvalidArgumentError, Option } from 'commander'
import { EFFORTS, FACET_NAMES, KINDS } from './choices.ts'
import { FORMATS } from './output.ts'
import { productVersion } from './product-version.ts'
import type { Outcome } from './run-program.ts'
import type { Terminal } from './terminal.ts'

/** The command line: what there is to say. What a command does is loaded when it is called, so that `--help` is quick. */
export function createProgram(terminal: Terminal, outcome: Outcome): Command {
  const program = new Command('linernotes')
    .description(
      'Turns podcasts, talks, audiobooks, songs and videos into understanding in which every label points at the words that support it.',
    )
    .version(productVersion(), '-V, --version', 'print the version')
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) })
    .showHelpAfterError('(--help says more)')
    .exitOverride()
  const add = (usage: string, description: string) =>
    program.command(usage).description(description).option('--debug', 'log what happens; show stacks of errors')
  const done = (exitCode: number) => {
    outcome.exitCode = exitCode
  }

  add(
    'understand <source>',
    'understand a transcript, an item (JSON), an episode of a feed; a file, an address, or - for stdin',
  )
    .option('--id <id>', "the item's id; without it derived from its content")
    .option('--title <title>', 'its title')
    .addOption(new Option('--kind <kind>', 'what it is (talk, if nothing says otherwise)').choices(KINDS))
    .option('--language <tag>', 'its language, as BCP 47: en, pt-BR')
    .addOption(new Option('--effort <effort>', 'how much is spent on it').choices(EFFORTS))
    .addOption(new Option('--format <format>', 'without it table on a terminal, else json').choices(FORMATS))
    .option('--json', 'the same as --format json')
    .option('--episode <which>', 'of a feed: number (1 is the first), guid, or a part of the title')
    .option('--all', 'of a feed: every episode, one JSON document a line')
    .option('--facets <names>', `facets to do again though nothing changed: ${FACET_NAMES.join(',')}`, facets)
    .option('--no-fetch', "fetch none of the item's addresses")
    .option('--drop-headings', 'leave out headings of Markdown and HTML instead of taking them for chapters')
    .option('--quiet', 'no progress and no notes')
    .action(async (source: string, { id, title, kind, language, fetch, dropHeadings = false, ...options }) => {
      const { understand } = await import('./commands/understand.ts')
      const overrides = { id, title, kind, language }
      done(await understand(source, { ...options, overrides, dropHeadings, fetch }, terminal))
    })
  return program
}

function facets(list: string): string[] {
  const named = list.split(',').map((name) => name.trim())
  const unknown = named.find((name) => !FACET_NAMES.includes(name))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`there is no facet "${unknown}"; there are ${FACET_NAMES.join(', ')}.`)
  return named
}
