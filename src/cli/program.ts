import { Command } from 'commander'
import type { CommandLine } from './command-line.ts'
import { addDoctor } from './commands/doctor-command.ts'
import { addFork } from './commands/fork-command.ts'
import { addItems } from './commands/items-command.ts'
import { addPrune } from './commands/prune-command.ts'
import { addRecord } from './commands/record-command.ts'
import { addReplay } from './commands/replay-command.ts'
import { addReview } from './commands/review-command.ts'
import { addRuns } from './commands/runs-command.ts'
import { addSchemas } from './commands/schemas-command.ts'
import { addSearch } from './commands/search-command.ts'
import { addServe } from './commands/serve-command.ts'
import { addShow } from './commands/show-command.ts'
import { addTaxonomy } from './commands/taxonomy-command.ts'
import { addTrace } from './commands/trace-command.ts'
import { addUnderstand } from './commands/understand-command.ts'
import { addWhy } from './commands/why-command.ts'
import { productVersion } from './product-version.ts'
import type { Outcome } from './run-program.ts'
import type { Terminal } from './terminal/terminal.ts'

/** In the order in which help lists them. */
const COMMANDS: readonly ((line: CommandLine) => void)[] = [
  addUnderstand,
  addServe,
  addRuns,
  addTrace,
  addWhy,
  addRecord,
  addFork,
  addReplay,
  addPrune,
  addItems,
  addShow,
  addSearch,
  addReview,
  addTaxonomy,
  addSchemas,
  addDoctor,
]

/** The command line, with all its commands. */
export function createProgram(terminal: Terminal, outcome: Outcome): Command {
  const program = new Command('linernotes')
    .description(
      'Turns podcasts, talks, audiobooks, songs and videos into understanding in which every label points at the words that support it.',
    )
    .version(productVersion(), '-V, --version', 'print the version')
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) })
    .showHelpAfterError('(--help says more)')
    // Options after the name of a command belong to that command.
    .enablePositionalOptions()
    .exitOverride()
  const line: CommandLine = {
    terminal,
    add: (usage, description, above = program) =>
      above.command(usage).description(description).option('--debug', 'log what happens; show stacks of errors'),
    group: (name, description) => program.command(name).description(description),
    done(exitCode) {
      outcome.exitCode = exitCode
    },
  }
  for (const add of COMMANDS) add(line)
  return program
}
