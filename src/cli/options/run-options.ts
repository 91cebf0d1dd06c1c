import { type Command, Option } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'
import { RUN_STATUS_NAMES } from './option-choices.ts'

interface Commands {
  add(usage: string, description: string): Command
  terminal: Terminal
  done(exitCode: number): void
  limit: Option
  whole(value: string): number
}

/** `runs`, `trace`, `why`: what runs did, and why. */
export function runCommands({ add, terminal, done, limit, whole }: Commands): void {
  const runs = add('runs', 'list runs, newest first')
    .enablePositionalOptions()
    .option('--item <id>', 'of one item')
    .addOption(new Option('--status <status>', 'that stand like this').choices(RUN_STATUS_NAMES))
    .option('--failed <node>', 'in which this node failed, or this agent got no answer: topics')
    .option('--model <name>', 'that asked this model: openai:gpt-5-mini')
    .option('--prompt <version>', 'that used this prompt: topics/v1')
    .option('--since <time>', 'begun since: 2026-01-31, 24h, 7d')
    .option('--cost-over <usd>', 'that cost more than so many US dollars')
    .addOption(limit)
    .option('--json')
    .action(async (options) => done(await (await import('../commands/runs-command.ts')).runs(options, terminal)))
  runs
    .command('cancel <run>')
    .description('stop a run; nothing of it is published')
    .option('--json')
    .option('--debug', 'show stacks of errors')
    .action(async (run: string, options) =>
      done(await (await import('../commands/runs-command.ts')).cancelRun(run, options, terminal)),
    )

  const trace = add(
    'trace',
    'show what a run did: steps, calls, tools, retries, rejected answers; or one step, or one call',
  )
    .argument('[run]', 'its id; `last` is the newest run')
    .argument('[part]', 'a step (topics.0): state, conversation, findings; or a call (topics.0.chat.2): all of it')
    .enablePositionalOptions()
    .option('--follow', 'show what happens while it runs, until it ends')
    .option('--full', 'whole arguments and results')
    .option('--json')
    .action(async (run: string | undefined, part: string | undefined, options) =>
      done(await (await import('../commands/trace-command.ts')).trace(run, part, options, terminal)),
    )
  trace
    .command('diff <run> <other>')
    .description('say which step of two runs differs first, and how their labels differ')
    .option('--full', 'all differences, whole')
    .option('--json')
    .option('--debug', 'show stacks of errors')
    .action(async (run: string, other: string, options) =>
      done(await (await import('../commands/trace-command.ts')).traceDiff(run, other, options, terminal)),
    )

  add('why <item> <pointer>', 'say why a label is there; the pointer is one into the document: /topics/0')
    .option('--version <n>', 'of an earlier version', whole)
    .option('--json')
    .action(async (item: string, pointer: string, options) =>
      done(await (await import('../commands/why-command.ts')).why(item, pointer, options, terminal)),
    )
}
