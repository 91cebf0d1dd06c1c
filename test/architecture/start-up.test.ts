import { join } from 'node:path'
import { cruise, type ICruiseOptions, type IModule } from 'dependency-cruiser'
import { expect, it } from 'vitest'

const { default: config }: { default: { options: ICruiseOptions } } = await import(
  join(process.cwd(), '.dependency-cruiser.js')
)

/** Each takes a quarter of a second or more to load, and up to 100 MB. */
const HEAVY = ['eld', 'compromise', '@energetic-ai', '@electric-sql', 'playwright-core', 'typescript']

/** The packages that a module loads when it starts: what is imported dynamically, or as a type, is not loaded then. */
function loadedBy(start: string, modules: readonly IModule[]): Set<string> {
  const bySource = new Map(modules.map((module) => [module.source, module]))
  const seen = new Set<string>([start])
  const packages = new Set<string>()
  for (const source of seen) {
    for (const { resolved, dynamic, dependencyTypes } of bySource.get(source)?.dependencies ?? []) {
      if (dynamic || dependencyTypes.includes('type-only')) continue
      const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(resolved)?.[1]
      if (inPackage === undefined) seen.add(resolved)
      else packages.add(inPackage)
    }
  }
  return packages
}

it('loads neither the language detector nor a lexicon, a model or the engine on the thread that answers', async () => {
  const { output } = await cruise(['src', 'graphs', 'tools'], config.options)
  if (typeof output === 'string') throw new Error('expected a result, not text')
  for (const start of ['src/compose.ts', 'src/assemble-service.ts', 'src/http/app.ts', 'src/cli/main.ts']) {
    const packages = [...loadedBy(start, output.modules)]
    expect(packages.length, start).toBeGreaterThan(0)
    expect(
      packages.filter((name) => HEAVY.some((heavy) => name.startsWith(heavy))),
      start,
    ).toEqual([])
  }
  const threads = ['src/signals/analysis-worker.ts', 'src/database/engine/engine-worker.ts']
  const onThreads = threads.flatMap((start) => [...loadedBy(start, output.modules)])
  expect(onThreads).toEqual(expect.arrayContaining(['eld', 'compromise', '@electric-sql/pglite']))
})
