import { Option } from 'commander'
import type { Item } from '../../content/item.ts'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import type { LoadOptions, Overrides } from '../input/load-items.ts'
import { EFFORTS, KINDS } from '../input/option-values.ts'
import type { Submission } from '../service/service-client.ts'
import { withClient } from '../service/with-client.ts'
import { badUse } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { FORMATS, formatOf } from '../terminal/write-output.ts'

export function addUnderstand({ add, terminal, done }: CommandLine): void {
  add(
    'understand <source>',
    'understand a transcript, an item (JSON), an episode of a feed; a file, an address, or - for stdin',
  )
    .option('--id <id>', "the item's id; by default derived from its content")
    .option('--title <title>', 'its title')
    .addOption(new Option('--kind <kind>', 'what it is (talk, if nothing says otherwise)').choices(KINDS))
    .option('--language <tag>', 'its language, as BCP 47: en, pt-BR')
    .addOption(new Option('--effort <effort>', 'how much is spent on it').choices(EFFORTS))
    .addOption(
      new Option('--format <format>', 'the format; by default table on a terminal, otherwise json').choices(FORMATS),
    )
    .option('--json', 'the same as --format json')
    .option('--episode <which>', 'of a feed: number (1 is the first), guid, or a part of the title')
    .option('--all', 'of a feed: every episode, one JSON document on each line')
    .option('--facets <names>', 'facets to make again although nothing changed: topics,summary', facets)
    .option('--no-fetch', "fetch none of the item's addresses")
    .option('--drop-headings', 'leave out headings of Markdown and HTML instead of taking them for chapters')
    .option('--quiet', 'no progress and no notes')
    .action(async (source: string, options: UnderstandOptions) => done(await understand(source, options, terminal)))
}

/** The names are checked when the command runs, because help must not load the agents. */
function facets(list: string): string[] {
  return list.split(',').map((name) => name.trim())
}

interface UnderstandOptions extends Submission, Overrides, Pick<LoadOptions, 'episode' | 'all'>, CommonOptions {
  format?: string
  dropHeadings?: boolean
  quiet?: boolean
}

/** Mistakes in the command and in the source are reported before a data folder is opened. */
async function understand(
  source: string,
  { id, title, kind, language, episode, all, dropHeadings = false, quiet = false, ...options }: UnderstandOptions,
  terminal: Terminal,
): Promise<number> {
  const format = formatOf(options, terminal)
  if (options.facets !== undefined) await requireFacets(options.facets)
  const items = await load(
    source,
    { overrides: { id, title, kind, language }, episode, all, dropHeadings },
    (text) => {
      if (!quiet) terminal.err(`${terminal.errStyle.dim(text)}\n`)
    },
    terminal,
  )
  const { understandItems } = await import('../service/understand-items.ts')
  const { effort, facets, fetch, debug } = options
  return withClient(terminal, { debug, quiet, prepare: true }, (session) =>
    understandItems(items, { effort, facets, fetch, format, quiet }, { session, terminal }),
  )
}

/** Runs before anything is read or opened. @throws {CliError} which lists the facets that there are. */
async function requireFacets(named: readonly string[]): Promise<void> {
  const { REQUESTABLE_FACETS } = await import('../../runs/asking-agents.ts')
  const unknown = named.find((name) => !REQUESTABLE_FACETS.includes(name))
  if (unknown !== undefined) throw badUse(`there is no facet "${unknown}"; there are ${REQUESTABLE_FACETS.join(', ')}`)
}

async function load(
  source: string,
  options: LoadOptions,
  note: (text: string) => void,
  { stdin, signal }: Terminal,
): Promise<Item[]> {
  const [{ readConfig }, { createFetcher }, { loadItems }] = await Promise.all([
    import('../../config.ts'),
    import('../../ingest/fetch/guarded-fetcher.ts'),
    import('../input/load-items.ts'),
  ])
  const { LINERNOTES_ALLOW_PRIVATE_URLS: allowPrivate, LINERNOTES_MAX_TRANSCRIPT_CHARS: maxChars } = readConfig()
  const { items, notes } = await loadItems(source, options, {
    stdin,
    signal,
    maxChars,
    fetcher: () => createFetcher({ allowPrivate }),
  })
  for (const text of notes) note(text)
  return items
}
