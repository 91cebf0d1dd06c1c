import { type Command, InvalidArgumentError } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** `replay`, of one recording and of many. */
export function replayCommand(
  program: Command,
  add: (usage: string, description: string) => Command,
  { terminal, done }: { terminal: Terminal; done: (exitCode: number) => void },
): void {
  add(
    'replay [recordings...]',
    "run today's code against recordings (files, or ids of runs), with nothing leaving the process",
  )
    .option('--nearest', 'go on past a call that differs with the recorded answer at its position')
    .option('--allow <classes>', 'classes of divergences that are expected: prompt-changed,understanding-differs')
    .option(
      '--substitute <exchange=file>',
      'put the JSON of a file in place of one answer; shows what it does',
      collect,
    )
    .option('--prompt <agent=version>', 'use a prompt in place of the one in force: topics=v2', collect)
    .option('--no-derived', 'compute segments and vectors again instead of taking them from the recording')
    .option(
      '--fleet <folder|query>',
      'all recordings below a folder, or of runs: "since=7d&prompt=topics/v1&limit=500"',
    )
    .option('--workers <n>', 'processes that replay a fleet, 1 to 64', workers, 2)
    .option('--report <file>', 'write the report of a fleet: a page, or .json; may be given several times', collect)
    .option('--json')
    .action(async (named: string[], options) => {
      if (options.fleet === undefined) {
        if (named.length === 0) program.error('error: name recordings or runs, or give --fleet')
        return done(await (await import('../commands/replay-command.ts')).replay(named, options, terminal))
      }
      if (named.length > 0) program.error('error: --fleet names all recordings; name no others')
      return done(await (await import('../commands/replay-fleet-command.ts')).replayFleetCommand(options, terminal))
    })
}

/** An option that may be given several times. */
function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value]
}

function workers(value: string): number {
  const number = /^\d{1,2}$/.test(value) ? Number(value) : 0
  if (number < 1 || number > 64) throw new InvalidArgumentError('a whole number from 1 to 64.')
  return number
}
