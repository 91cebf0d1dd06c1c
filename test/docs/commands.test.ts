import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleOutput } from '../../scripts/example-output.ts'
import { withSections } from '../../scripts/generated-sections.ts'
import { pages } from '../../scripts/pages.ts'
import { builtCommand } from '../support/built-command.ts'
import { linksOf, type ShellBlock, shellBlocks } from './read-page.ts'
import { readersEnvironment, type Serving, startServing } from './serve-folder.ts'

const sh = promisify(execFile)
const SERVICE = 'http://127.0.0.1:8080'
const SERVE = 'npx linernotes serve'

/** The pages as the table of contents has them: whoever comes reads the README first. */
const contents = [
  ...['README.md', 'examples/README.md', 'docs/README.md'],
  ...linksOf('docs/README.md').map((target) => join('docs', target)),
]
const blocks = contents.flatMap(shellBlocks)
const run = blocks.filter(({ notRun }) => notRun === null)
const needsService = ({ code }: ShellBlock) => code === SERVE || code.includes(SERVICE)
const hasCurl = spawnSync('curl', ['--version']).status === 0

/** Each page is read from its top; the pages are read in two orders. */
const reversed = [...contents].reverse().flatMap((page) => run.filter((block) => block.page === page))
const ORDERS = [
  { order: 'in the order of the contents', served: false, read: run.filter((block) => !needsService(block)) },
  { order: 'in the reverse order, while a server runs', served: true, read: reversed },
]

const place = ({ page, line }: ShellBlock) => `${page}:${line}`
const folders = ORDERS.map(() => mkdtempSync(join(tmpdir(), 'linernotes-docs-')))

beforeAll(() => {
  builtCommand()
  // A folder for each order, with the examples and the built command where the pages have them.
  for (const folder of folders)
    for (const name of ['examples', 'dist', 'package.json']) symlinkSync(resolve(name), join(folder, name))
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** As a reader runs it, on a tree that is installed and with nothing configured; what it prints. */
async function perform(code: string, folder: string, serving: Serving | null): Promise<string> {
  if (code === SERVE) return serving?.printed ?? ''
  const own = code
    .replaceAll(/^npm ci && /gm, '')
    .replaceAll('npx linernotes', `"${process.execPath}" dist/src/cli/main.js`)
    .replaceAll('curl ', 'curl --fail-with-body ')
    .replaceAll(SERVICE, serving?.base ?? SERVICE)
  const options = { cwd: folder, env: readersEnvironment(), maxBuffer: 64 * 1024 * 1024 }
  return (await sh('sh', ['-euc', own], options)).stdout
}

describe('commands of the pages', () => {
  it('are there, and say what they print, or why they are not run', () => {
    expect([...contents].sort()).toEqual(pages())
    expect(run.length).toBeGreaterThanOrEqual(20)
    expect(blocks.filter(({ notRun }) => notRun === '').map(place)).toEqual([])
    expect(run.filter(({ shows }) => shows.length === 0).map(place)).toEqual([])
  })

  it('fail where a page promises what they do not print, or in another order', () => {
    const printed = '1 identical, 11 answers served'
    expect(() => expectToShow(printed, ['1 identical', '11 answers'])).not.toThrow()
    expect(() => expectToShow(printed, ['11 answers', '1 identical'])).toThrow('1 identical')
    expect(() => expectToShow(printed, ['2 identical'])).toThrow('2 identical')
  })
})

/** @throws where a fragment is missing, or stands before the one that the page names first. */
function expectToShow(printed: string, shows: readonly string[]): void {
  let rest = printed
  for (const fragment of shows) {
    expect(rest).toContain(fragment)
    rest = rest.slice(rest.indexOf(fragment) + fragment.length)
  }
}

describe.each(ORDERS.map((order, n) => ({ ...order, folder: folders[n] ?? '' })))(
  'pages that are read $order',
  ({ read, served, folder }) => {
    let serving: Serving | null = null
    beforeAll(async () => {
      if (served) serving = await startServing(folder)
    })
    afterAll(() => serving?.stop(), 60_000)

    it.each(read.map((block) => [place(block), block]))(
      'show what %s says',
      { timeout: 600_000 },
      async (_, { code, shows }) => {
        if (code.includes('curl ') && !hasCurl) return
        const printed = await perform(code, folder, serving)
        expectToShow(printed.replaceAll(serving?.base ?? SERVICE, SERVICE), shows)
      },
    )
  },
)

describe('the README', () => {
  it('shows what the example really prints', { timeout: 120_000 }, async () => {
    const readme = readFileSync('README.md', 'utf8')
    // The folder where its first command has run: nothing is computed twice.
    const printed = withSections(readme, { ...(await exampleOutput(join(folders[0] ?? '', '.linernotes'))) })
    expect(readme, 'the example prints something else now: run "npm run docs"').toBe(printed)
  })

  it('sets up, then runs the example, then the tests, with one command each', () => {
    const codes = shellBlocks('README.md').map(({ code }) => code)
    expect(codes[0]).toMatch(/^npm ci && npx linernotes understand examples\/\S+$/)
    expect(codes).toContain('npm ci && npm test')
    expect(readFileSync('.ci/run', 'utf8')).toMatch(/npm ci\b[\s\S]*npm test\b/)
  })
})
