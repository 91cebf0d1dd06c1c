import { type Command, Option } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** `fork`: a run anew from a step on, or with another model. */
export function forkCommand({
  add,
  terminal,
  done,
}: {
  add: (usage: string, description: string) => Command
  terminal: Terminal
  done: (exitCode: number) => void
}): void {
  add(
    'fork <run>',
    'run a part of a run anew, live; the rest is served from what it recorded. Publishes nothing; `last` is the newest run',
  )
    .option('--at <step>', 'what goes live, with everything downstream of it: topics, topics.1')
    .addOption(new Option('--live <kind>', 'models answer anew, all else is served').choices(['chat']))
    .option('--model <name>', 'the model that answers, as LINERNOTES_MODEL names it')
    .option('--prompt <agent=version>', 'use a prompt in place of the one it had: topics=v2', collect)
    .option('--strict', 'with --live: a call of another kind that is not recorded ends the fork')
    .option('--json')
    .action(async (run: string, options) =>
      done(await (await import('../commands/fork-command.ts')).fork(run, options, terminal)),
    )
}

/** An option that may be given several times. */
function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value]
}
