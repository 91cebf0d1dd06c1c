import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { forkCommand } from './options/fork-options.ts'
import { itemsCommand } from './options/items-options.ts'
import { ACTIONS, EFFORTS, KINDS, REVIEW_STATUS_NAMES } from './options/option-choices.ts'
import { pruneCommand } from './options/prune-options.ts'
import { replayCommand } from './options/replay-options.ts'
import { runCommands } from './options/run-options.ts'
import { productVersion } from './product-version.ts'
import type { Outcome } from './run-program.ts'
import type { Terminal } from './terminal/terminal.ts'
import { FORMATS } from './terminal/write-output.ts'

/** The command line: what there is to say. What a command does is loaded when it is called, so that `--help` is quick. */
export function createProgram(terminal: Terminal, outcome: Outcome): Command {
  const program = new Command('linernotes')
    .description(
      'Turns podcasts, talks, audiobooks, songs and videos into understanding in which every label points at the words that support it.',
    )
    .version(productVersion(), '-V, --version', 'print the version')
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) })
    .showHelpAfterError('(--help says more)')
    // What stands behind the name of a command is that command's.
    .enablePositionalOptions()
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
    .option('--facets <names>', 'facets to do again though nothing changed: topics,summary', facets)
    .option('--no-fetch', "fetch none of the item's addresses")
    .option('--drop-headings', 'leave out headings of Markdown and HTML instead of taking them for chapters')
    .option('--quiet', 'no progress and no notes')
    .action(async (source: string, { id, title, kind, language, fetch, dropHeadings = false, ...options }) => {
      const { understand } = await import('./commands/understand-command.ts')
      const overrides = { id, title, kind, language }
      done(await understand(source, { ...options, overrides, dropHeadings, fetch }, terminal))
    })
  add('serve', 'answer over HTTP, and own the data folder meanwhile')
    .option('--port <port>', 'instead of PORT; 0 takes a free one', port)
    .option('--host <address>', 'instead of LINERNOTES_HOST')
    .action(async (options) => done(await (await import('./commands/serve-command.ts')).serve(options, terminal)))

  runCommands({ add, terminal, done, limit: limit(20), whole })

  recordCommands(program, { terminal, done })

  forkCommand({ add, terminal, done })

  replayCommand(program, add, { terminal, done })

  pruneCommand(add, { terminal, done })

  itemsCommand(add, { terminal, done, limit: limit(20) })

  add('show <item>', 'show what is published of an item')
    .addOption(new Option('--format <format>', 'without it table on a terminal, else json').choices(FORMATS))
    .option('--version <n>', 'an earlier version', whole)
    .option('--json', 'the same as --format json')
    .action(async (item: string, options) =>
      done(await (await import('./commands/listing-commands.ts')).show(item, options, terminal)),
    )

  add('search <text>', 'find items by meaning')
    .addOption(new Option('--kind <kind>', 'only this kind').choices(KINDS))
    .addOption(limit(10, 50))
    .option('--json')
    .action(async (text: string, { kind, ...options }) =>
      done(
        await (await import('./commands/search-command.ts')).search(
          text,
          kind === undefined ? options : { ...options, kinds: [kind] },
          terminal,
        ),
      ),
    )

  reviewCommands(program, { terminal, done })

  const taxonomy = program.command('taxonomy').description('look into the taxonomies')
  taxonomy
    .command('search <text>')
    .description('find nodes by id, name and meaning')
    .option('--taxonomy <id>', 'iab-content-3.1, apple-podcasts or garm', 'iab-content-3.1')
    .addOption(limit(10, 200))
    .option('--json')
    .option('--debug', 'show stacks of errors')
    .action(async (text: string, options) =>
      done(await (await import('./commands/taxonomy-command.ts')).taxonomySearch(text, options, terminal)),
    )

  add('schemas', "write the JSON Schemas of item, text, segment, evidence, understanding and a recording's lines")
    .requiredOption('--out <folder>', 'where to')
    .option('--json')
    .action(async (options) => done(await (await import('./commands/schemas-command.ts')).schemas(options, terminal)))

  add('doctor', 'say what is configured, what answers, what is missing and how to mend it')
    .option('--variables', 'list every variable that is read')
    .option('--json')
    .action(async (options) => done(await (await import('./commands/doctor-command.ts')).doctor(options, terminal)))
  return program
}

function recordCommands(
  program: Command,
  { terminal, done }: { terminal: Terminal; done: (exitCode: number) => void },
): void {
  const record = program
    .command('record')
    .description('write one run as a file: item, configuration, steps, calls with all that was asked and answered')
    .argument('[run]', 'its id; `last` is the newest run')
    .enablePositionalOptions()
    .option('-o, --out <file>', 'where to, usually NAME.linernotes.gz; - for stdout')
    .option('--redact', 'leave texts out, keep shapes, lengths and hashes: to look at, not to replay')
    .option('--force', 'replace a file that is there')
    .option('--json')
    .option('--debug', 'log what happens; show stacks of errors')
    .action(async (run: string | undefined, options) =>
      done(await (await import('./commands/record-command.ts')).record(run, options, terminal)),
    )
  record
    .command('verify <files...>')
    .description('read recordings, check schema, hashes and checksum, and say what they hold; - reads stdin')
    .option('--json')
    .option('--debug', 'show stacks of errors')
    .action(async (files: string[], options) =>
      done(await (await import('./commands/verify-recording-command.ts')).verifyRecordings(files, options, terminal)),
    )
}

function reviewCommands(
  program: Command,
  { terminal, done }: { terminal: Terminal; done: (exitCode: number) => void },
): void {
  const review = program.command('review').description('answer questions about contested labels')
  review
    .command('list')
    .description('list questions, oldest first')
    .addOption(new Option('--status <status>').choices(REVIEW_STATUS_NAMES).default('open'))
    .option('--item <id>', 'about one item')
    .addOption(limit(20))
    .option('--json')
    .option('--debug', 'show stacks of errors')
    .action(async (options) =>
      done(await (await import('./commands/review-command.ts')).listReviews(options, terminal)),
    )
  review
    .command('decide')
    .description('answer one; the decision lasts, and the next version is published with it')
    .argument('<review>', 'its id')
    .addArgument(new Argument('<action>').choices(ACTIONS))
    .option('--value <json>', 'what changes, of prevalence, treatment and risk; with amend only')
    .option('--note <text>', 'why')
    .option('--by <name>', 'who decides; without it the user of this machine')
    .option('--json')
    .option('--debug', 'show stacks of errors')
    .action(async (id: string, action, options) =>
      done(await (await import('./commands/review-command.ts')).decideReview(id, action, options, terminal)),
    )
}

/** `--limit`, with its default and largest value. */
function limit(usual: number, most = 10_000): Option {
  return new Option('--limit <n>', 'at most so many').default(usual).argParser((value: string) => {
    const number = whole(value)
    if (number > most) throw new InvalidArgumentError(`at most ${most}.`)
    return number
  })
}

function whole(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('a whole number from 1.')
  return Number(value)
}

function port(value: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN
  if (!(number <= 65_535)) throw new InvalidArgumentError('a number from 0 to 65535.')
  return number
}

/** Which facets there are is asked of the agents, when the command runs: help loads none of them. */
function facets(list: string): string[] {
  return list.split(',').map((name) => name.trim())
}
