import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import { fakeTerminal } from '../cli/fake-terminal.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-bad-'))
  file('talk.txt', 'Tomatoes need six hours of sun a day.')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllEnvs())

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

async function cli(...args: string[]) {
  const terminal = fakeTerminal()
  const exitCode = await runProgram(createProgram, args, terminal)
  return { exitCode, ...terminal.written }
}

/** One line on stderr, nothing on stdout, no stack. */
function oneLine({ out, err }: { out: string; err: string }): string {
  expect(out).toBe('')
  expect(err).toMatch(/^error: [^\n]+\n$/)
  expect(err).not.toMatch(/unexpected|\.ts:\d|\bat \w+ \(/)
  return err
}

describe('a file that cannot be understood', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty.txt', '', /empty\.txt: The transcript is empty/],
    ['noise.bin', Uint8Array.from({ length: 4000 }, (_, n) => (n * 7919) % 32), /noise\.bin: .*binary/],
    ['silent.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\n...\n', /silent\.vtt: .*no words/],
    ['deep.json', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /deep\.json: .*64 levels/],
    [
      'deep.item.json',
      `{"kind":"talk","transcripts":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      /transcripts\/0: /,
    ],
    ['numbers.json', '[1, 2.5, -3e4]', /numbers\.json: The JSON holds no transcript/],
    [
      'other.item.json',
      '{"kind":"talk","colour":"red","parent":{"size":3}}',
      /\/parent\/size: is not known; there are id, kind, title, publisher; \/colour: /,
    ],
    ['none.xml', '<rss version="2.0"><channel><title>x</title></channel></rss>', /no episodes/],
  ])('%s: named, in one line, with code 1', async (name, content, says) => {
    const answered = await cli('understand', file(name, content))
    expect(oneLine(answered)).toMatch(says)
    expect(answered.exitCode).toBe(1)
  })

  it.each([
    [['--language', '???'], /--language: a language is a BCP 47 tag/],
    [['--id', '..'], /--id: an item id is not/],
    [['--id', 'x'.repeat(201)], /--id: an item id has 1 to 200/],
  ])('a mistake of the command line (%j) is laid to the option, with code 2', async (options, says) => {
    const answered = await cli('understand', join(folder, 'talk.txt'), ...options)
    expect(oneLine(answered)).toMatch(says)
    expect(answered.exitCode).toBe(2)
  })

  it('an address of another scheme is no file, with code 2', async () => {
    const answered = await cli('understand', 'ftp://example.com/talk.vtt')
    expect(oneLine(answered)).toContain('http or https')
    expect(answered.exitCode).toBe(2)
  })

  it('a feed that breaks off says so, also where one episode is chosen', async () => {
    const feed = file(
      'cut.xml',
      '<rss version="2.0"><channel><title>x</title><item><title>a</title><enclosure url="no url"/></item><item>',
    )
    vi.stubEnv('LINERNOTES_DATA_DIR', folder)
    const { err } = await cli('understand', feed, '--episode', '1')
    expect(err).toMatch(/^The feed breaks off before its end/)
  })
})

describe('a transcript that is longer than may be', () => {
  it('fails before anything starts, and says which setting bounds it', async () => {
    vi.stubEnv('LINERNOTES_MAX_TRANSCRIPT_CHARS', '2000')
    vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'unused'))
    const answered = await cli('understand', file('book.txt', 'Tomatoes need sun. '.repeat(200)))
    expect(oneLine(answered)).toMatch(
      /book\.txt: The transcript has 3,800 characters; at most 2,000 .*LINERNOTES_MAX_TRANSCRIPT_CHARS/,
    )
    expect(answered.exitCode).toBe(1)
    expect(existsSync(join(folder, 'unused'))).toBe(false)
  })
})

describe('settings that cannot be', () => {
  it.each([
    ['PORT', '99999', /^error: PORT: write a whole number from 0 to 65535;/],
    ['PORT', 'http', /^error: PORT: write a whole number from 0 to 65535;/],
    ['LINERNOTES_CONCURRENCY', '0', /^error: LINERNOTES_CONCURRENCY: write a whole number from 1;/],
    ['LINERNOTES_EFFORT', 'max', /^error: LINERNOTES_EFFORT: .*quick, standard, thorough;/],
    ['QDRANT_COLLECTION_PREFIX', 'Radio One', /^error: QDRANT_COLLECTION_PREFIX: write 1 to 40 lower-case letters/],
    ['LINERNOTES_EFORT', 'quick', /^error: LINERNOTES_EFORT: there is no such variable/],
  ])('%s=%s: named, with what would do, with code 2', async (name, value, says) => {
    vi.stubEnv(name, value)
    const answered = await cli('serve')
    expect(oneLine(answered)).toMatch(says)
    expect(answered.exitCode).toBe(2)
  })

  it('a data folder where nothing can be made ends at once, with code 1', async () => {
    vi.stubEnv('LINERNOTES_DATA_DIR', '/proc/linernotes/data')
    const answered = await cli('runs')
    expect(oneLine(answered)).toMatch(/cannot be (created|written to).*LINERNOTES_DATA_DIR/)
    expect(answered.exitCode).toBe(1)
  })
})

it('a reader that has seen enough is no error: no stack, code 0', { timeout: 60_000 }, async () => {
  const args = ['--import', 'tsx', 'src/cli/main.ts', 'taxonomy', 'search', 'music', '--limit', '200', '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const code = await new Promise((done) => child.once('close', done))
  expect({ code, err }).toEqual({ code: 0, err: '' })
})
