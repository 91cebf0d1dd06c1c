import { InvalidArgumentError } from 'commander'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addPrune({ add, terminal, done }: CommandLine): void {
  add('prune', 'delete runs and what they recorded; what is published stays, with the run that published it')
    .option('--older-than <age>', 'delete runs that ended longer ago than this: 12h, 30d, 8w', age)
    .option('--keep <n>', 'keep the newest n runs of each item, however old they are', numberFromZero)
    .option('--dry-run', 'count, and delete nothing')
    .option('--compact', 'rewrite the database, so that no file holds what was deleted or erased')
    .option('--json')
    .action(async (options: PruneOptions) => done(await prune(options, terminal)))
}

const UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** An age in milliseconds. */
function age(value: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(value) ?? []
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN)
  if (Number.isNaN(ms)) throw new InvalidArgumentError('a number with h, d or w: 30d.')
  return ms
}

function numberFromZero(value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError('a whole number from 0.')
  return Number(value)
}

interface PruneOptions extends CommonOptions {
  /** In milliseconds. */
  olderThan?: number
  keep?: number
  dryRun?: boolean
  compact?: boolean
}

/** Deletes runs by age and number, or says what would be deleted. */
function prune(
  { olderThan, keep, dryRun = false, compact = false, ...options }: PruneOptions,
  terminal: Terminal,
): Promise<number> {
  if (olderThan === undefined && keep === undefined && !compact)
    throw badUse('say what to delete: --older-than 30d, --keep 20, or both; --compact alone deletes no run')
  const limits = {
    ...(olderThan !== undefined && { endedBefore: new Date(Date.now() - olderThan).toISOString() }),
    ...(keep !== undefined && { keepPerItem: keep }),
  }
  return withClient(terminal, options, async ({ client }) => {
    const pruned = await client.prune({ ...limits, dryRun, compact })
    const { runs, blobs, bytes, compacted } = pruned
    print(pruned, { json: options.json, terminal }, () => {
      const what = `${runs} ${runs === 1 ? 'run' : 'runs'} and ${blobs} ${blobs === 1 ? 'text' : 'texts'} that nothing else refers to, ${(bytes / 1e6).toFixed(1)} MB`
      return `${dryRun ? 'would delete' : 'deleted'} ${what}${compacted ? '; the files were rewritten' : ''}\n`
    })
    return EXIT.done
  })
}
