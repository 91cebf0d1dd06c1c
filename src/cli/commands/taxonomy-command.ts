import type { CommandLine, CommonOptions } from '../command-line.ts'
import { limit } from '../input/option-values.ts'
import { badUse, EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addTaxonomy({ add, group, terminal, done }: CommandLine): void {
  const taxonomy = group('taxonomy', 'search the taxonomies')
  add('search <text>', 'find nodes by id, name and meaning', taxonomy)
    .option('--taxonomy <id>', 'iab-content-3.1, apple-podcasts or garm', 'iab-content-3.1')
    .addOption(limit(10, 200))
    .option('--json')
    .action(async (text: string, options: TaxonomyOptions) => done(await searchTaxonomy(text, options, terminal)))
}

interface TaxonomyOptions extends CommonOptions {
  taxonomy: string
  limit: number
}

/** Finds nodes by id, then by name, then by meaning. Needs no data folder. */
async function searchTaxonomy(
  text: string,
  { taxonomy, limit, json }: TaxonomyOptions,
  terminal: Terminal,
): Promise<number> {
  if (text.trim() === '') throw badUse('say what to look for: a name, an id, or what it is about')
  const [{ readConfig }, { taxonomyHits }, { padEnd, table }] = await Promise.all([
    import('../../config.ts'),
    import('../service/taxonomy-hits.ts'),
    import('../render/terminal-layout.ts'),
  ])
  readConfig()
  const hits = await taxonomyHits(text, { taxonomy, limit })
  const { style } = terminal
  print(hits, { json, terminal }, () =>
    table(
      hits.map(({ id, path, by, score }) => [score === null ? by : score.toFixed(2), id, path.join(' › ')]),
      (cell, column) => (column === 2 ? style.bold(cell) : style.dim(padEnd(cell, 4))),
    ),
  )
  return EXIT.done
}
