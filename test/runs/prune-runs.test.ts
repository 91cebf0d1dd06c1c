import { describe, expect, it } from 'vitest'
import type { PruneLimits } from '../../src/database/repositories.ts'
import { type PruneOptions, pruneRuns } from '../../src/runs/prune-runs.ts'

/** A database of so many runs that may go; `diary` says what was done to it. */
async function prune(options: PruneOptions, mayGo = 2) {
  const diary: string[] = []
  const pruned = await pruneRuns(options, {
    repositories: {
      async prune({ dryRun = false }: PruneLimits) {
        diary.push(dryRun ? 'counted' : 'deleted')
        return { runs: mayGo, chunks: 3, blobs: 4, bytes: 5 }
      },
    },
    database: { reclaim: async () => void diary.push('reclaimed'), compact: async () => void diary.push('compacted') },
  })
  return { ...pruned, diary }
}

describe('pruneRuns', () => {
  it.each([
    ['deletes, and gives the space back', { keepPerItem: 1 }, 2, ['deleted', 'reclaimed']],
    ['gives back nothing where nothing went', { keepPerItem: 1 }, 0, ['deleted']],
    ['counts alone', { endedBefore: 1, dryRun: true }, 2, ['counted']],
    ['writes the files anew after deleting', { endedBefore: 1, compact: true }, 2, ['deleted', 'compacted']],
    ['writes the files anew though nothing went', { endedBefore: 1, compact: true }, 0, ['deleted', 'compacted']],
    ['writes nothing anew where it only counts', { endedBefore: 1, compact: true, dryRun: true }, 2, ['counted']],
    ['deletes no run without a limit', { compact: true }, 2, ['compacted']],
    ['does nothing at all without a limit', {}, 2, []],
  ] as const)('%s', async (_, options, mayGo, done) => {
    const { diary, dryRun, compacted } = await prune(options, mayGo)
    expect(diary).toEqual(done)
    expect({ dryRun, compacted }).toEqual({
      dryRun: 'dryRun' in options,
      compacted: diary.includes('compacted'),
    })
  })
})
