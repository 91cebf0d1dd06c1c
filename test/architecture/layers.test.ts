import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseOptions } from 'dependency-cruiser'
import { afterEach, describe, expect, it } from 'vitest'

const { default: config }: { default: { forbidden: []; options: ICruiseOptions } } = await import(
  join(process.cwd(), '.dependency-cruiser.js')
)

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** Names of the rules that a small tree of files breaks. */
async function broken(files: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'linernotes-layers-'))
  folders.push(folder)
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), code)
  }
  const { output } = await cruise(['.'], {
    ...config.options,
    tsConfig: {},
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  })
  if (typeof output === 'string') throw new Error('expected a result, not text')
  return [...new Set(output.summary.violations.map(({ rule }) => rule.name))].sort()
}

const value = 'export const value = 1\n'
const type = 'export interface Shape { value: number }\n'
const use = (path: string) => `import { value } from '${path}'\nexport const other = value\n`
const name = (path: string) => `import type { Shape } from '${path}'\nexport type Other = Shape\n`

describe('the dependency rules', () => {
  it.each([
    ['content knows nothing of ours', 'src/content/a.ts', 'src/taxonomy/b.ts', 'level:src/content'],
    ['a tool does not know the graph', 'tools/a.ts', 'graphs/b.ts', 'level:tools'],
    ['the graph does not know runs', 'graphs/a.ts', 'src/runs/b.ts', 'level:graphs'],
    ['runs do not know replays', 'src/runs/a.ts', 'src/replay/b.ts', 'level:src/runs'],
    ['traces do not know replays', 'src/trace/a.ts', 'src/replay/b.ts', 'level:src/trace'],
    ['runs do not know faces', 'src/runs/a.ts', 'src/http/b.ts', 'level:src/runs'],
    ['the ledger does not know the database', 'src/ledger/a.ts', 'src/database/b.ts', 'level:src/ledger'],
    ['models do not know tools', 'src/models/a.ts', 'tools/b.ts', 'level:src/models'],
    ['HTTP does not know the CLI', 'src/http/a.ts', 'src/cli/b.ts', 'level:src/http'],
    ['the graph does not compose', 'graphs/a.ts', 'src/compose.ts', 'only-entry-points-compose'],
    ['HTTP does not compose', 'src/http/a.ts', 'src/compose.ts', 'only-entry-points-compose'],
    ['the CLI composes, and does not assemble', 'src/cli/a.ts', 'src/assemble-service.ts', 'only-compose-assembles'],
    ['runs construct no adapter', 'src/runs/a.ts', 'src/models/openai/openai-chat.ts', 'only-compose-constructs'],
    ['runs call no database code', 'src/runs/a.ts', 'src/database/records.ts', 'database-by-type'],
    [
      'HTTP sees no statements',
      'src/http/a.ts',
      'src/database/repositories/publish-version.ts',
      'database-by-its-shapes',
    ],
    ['no test code in the product', 'src/content/a.ts', 'test/b.ts', 'no-test-code-in-the-product'],
  ])('%s', async (_, from, to, rule) => {
    const path = `${'../'.repeat(from.split('/').length - 1)}${to}`
    expect(await broken({ [from]: use(path), [to]: value })).toContain(rule)
  })

  it('finds files that need each other, also by type alone', async () => {
    const files = { 'src/content/a.ts': `${name('./b.ts')}${type}`, 'src/content/b.ts': `${name('./a.ts')}${type}` }
    expect(await broken(files)).toContain('no-cycles')
  })

  it('finds files that nobody needs', async () => {
    expect(await broken({ 'src/content/a.ts': value })).toEqual(['no-orphans'])
  })

  it('lets arrows point down, and faces name the type of a service', async () => {
    const files = {
      'src/content/a.ts': value,
      'tools/b.ts': use('../src/content/a.ts'),
      'graphs/c.ts': use('../tools/b.ts').replace('{ value }', '{ other as value }'),
      'src/service.ts': type,
      'src/http/d.ts': name('../service.ts'),
      'src/database/records.ts': type,
      'src/runs/e.ts': name('../database/records.ts'),
    }
    expect(await broken(files)).toEqual([])
  })
})

describe('the environment', () => {
  it('is read in src/config.ts and nowhere else', () => {
    const readers = ['src', 'graphs', 'tools', 'scripts'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(folder, file))
        .filter((file) => /process\s*\.\s*env|process\s*\[|import\.meta\.env/.test(readFileSync(file, 'utf8'))),
    )
    expect(readers).toEqual([join('src', 'config.ts')])
  })
})
