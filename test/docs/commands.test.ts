import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleOutput } from '../../scripts/example-output.ts'
import { withSections } from '../../scripts/generated-sections.ts'
import { pages } from '../../scripts/pages.ts'
import { builtCommand } from '../support/built-command.ts'
import { type ShellBlock, shellBlocks } from './read-page.ts'

const sh = promisify(execFile)
const SERVICE = 'http://127.0.0.1:8080'
const SERVE = 'npx linernotes serve'

const blocks = pages().flatMap(shellBlocks)
const run = blocks.filter(({ notRun }) => notRun === null)
const toService = run.filter(({ code }) => code.includes(SERVICE))
const commands = run.filter((block) => block.code !== SERVE && !toService.includes(block))

let folder: string
beforeAll(() => {
  builtCommand()
  // A folder of its own, with the examples and the built command where the pages have them.
  folder = mkdtempSync(join(tmpdir(), 'linernotes-docs-'))
  for (const name of ['examples', 'dist', 'package.json']) symlinkSync(resolve(name), join(folder, name))
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As a reader runs it, on a tree that is installed and with nothing configured. */
async function perform(code: string): Promise<{ stdout: string; stderr: string }> {
  const own = code
    .replaceAll(/^npm ci && /gm, '')
    .replaceAll('npx linernotes', `"${process.execPath}" dist/src/cli/main.js`)
  return sh('sh', ['-euc', own], { cwd: folder, env: environment(), maxBuffer: 64 * 1024 * 1024 })
}

function environment(): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined && !/^(LINERNOTES_|OPENAI_|QDRANT_|LANG(SMITH|CHAIN)_|PORT$|NODE_)/.test(name),
  )
  return Object.fromEntries(inherited.map(([name, value]) => [name, value ?? '']))
}

const place = ({ page, line }: ShellBlock) => `${page}:${line}`

describe('commands of the pages', () => {
  it('are there, and what is not run says why', () => {
    expect(commands.length).toBeGreaterThanOrEqual(3)
    expect(blocks.filter(({ notRun }) => notRun === '').map(place)).toEqual([])
  })

  it.each(commands.map((block) => [place(block), block]))('%s', { timeout: 240_000 }, async (_, { code, shows }) => {
    const { stdout } = await perform(code)
    expect(stdout).not.toBe('')
    for (const fragment of shows) expect(stdout).toContain(fragment)
  })
})

describe('the README', () => {
  it('shows what the example really prints', { timeout: 120_000 }, async () => {
    const readme = readFileSync('README.md', 'utf8')
    // The folder where its first command has run: nothing is computed twice.
    const printed = withSections(readme, { ...(await exampleOutput(join(folder, '.linernotes'))) })
    expect(readme, 'the example prints something else now: run "npm run docs"').toBe(printed)
  })

  it('sets up, then runs the example, then the tests, with one command each', () => {
    const codes = shellBlocks('README.md').map(({ code }) => code)
    expect(codes[0]).toMatch(/^npm ci && npx linernotes understand examples\/\S+$/)
    expect(codes).toContain('npm ci && npm test')
    expect(readFileSync('.ci/run', 'utf8')).toMatch(/npm ci\b[\s\S]*npm test\b/)
  })
})

describe.skipIf(spawnSync('curl', ['--version']).status !== 0)('requests of the pages', () => {
  let server: ChildProcess
  let base: string
  beforeAll(async () => {
    server = spawn(process.execPath, ['dist/src/cli/main.js', 'serve'], {
      cwd: folder,
      env: { ...environment(), PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = server.stdout === null ? [''] : await once(server.stdout, 'data')
    base = String(line).trim()
  }, 60_000)
  afterAll(async () => {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await ended
  }, 60_000)

  it.each(toService.map((block) => [place(block), block.code]))('%s', { timeout: 120_000 }, async (_, code) => {
    const { stdout } = await perform(code.replaceAll('curl ', 'curl --fail-with-body ').replaceAll(SERVICE, base))
    expect(stdout).not.toBe('')
  })
})
