import { type Command, InvalidArgumentError } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** `prune`: age and number of runs. */
export function pruneCommand(
  add: (usage: string, description: string) => Command,
  { terminal, done }: { terminal: Terminal; done: (exitCode: number) => void },
): void {
  add('prune', 'delete runs and what they recorded; what is published stays, with the run that published it')
    .option('--older-than <age>', 'runs that ended so long ago: 12h, 30d, 8w', age)
    .option('--keep <n>', 'keep the newest n runs of each item, however old they are', number)
    .option('--dry-run', 'count, and delete nothing')
    .option('--compact', 'write the database anew: no file holds what was deleted or erased')
    .option('--json')
    .action(async (options) => done(await (await import('../commands/prune-command.ts')).prune(options, terminal)))
}

const UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Milliseconds. */
function age(value: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(value) ?? []
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN)
  if (Number.isNaN(ms)) throw new InvalidArgumentError('a number with h, d or w: 30d.')
  return ms
}

function number(value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError('a whole number from 0.')
  return Number(value)
}
