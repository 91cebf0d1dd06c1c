import { withClient } from '../service/with-client.ts'
import { badUse, EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export interface PruneOptions {
  /** Milliseconds. */
  olderThan?: number
  keep?: number
  dryRun?: boolean
  compact?: boolean
  json?: boolean
  debug?: boolean
}

/** `prune`: deletes runs by age and number, or says what it would delete. */
export function prune(
  { olderThan, keep, dryRun = false, compact = false, ...options }: PruneOptions,
  terminal: Terminal,
): Promise<number> {
  if (olderThan === undefined && keep === undefined && !compact)
    throw badUse('say what may go: --older-than 30d, --keep 20, or both; --compact alone deletes no run')
  const limits = {
    ...(olderThan !== undefined && { endedBefore: new Date(Date.now() - olderThan).toISOString() }),
    ...(keep !== undefined && { keepPerItem: keep }),
  }
  return withClient(terminal, options, async ({ client }) => {
    const pruned = await client.prune({ ...limits, dryRun, compact })
    const { runs, blobs, bytes, compacted } = pruned
    print(pruned, { json: options.json, terminal }, () => {
      const what = `${runs} ${runs === 1 ? 'run' : 'runs'} and ${blobs} ${blobs === 1 ? 'text' : 'texts'} that nothing else names, ${(bytes / 1e6).toFixed(1)} MB`
      return `${dryRun ? 'would delete' : 'deleted'} ${what}${compacted ? '; the files were written anew' : ''}\n`
    })
    return EXIT.done
  })
}
