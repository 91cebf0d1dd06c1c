import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import { fakeTerminal } from './fake-terminal.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllEnvs())

async function cli(...args: string[]) {
  const terminal = fakeTerminal()
  const exitCode = await runProgram(createProgram, args, terminal)
  return { exitCode, ...terminal.written }
}

describe('the command line', () => {
  it('explains itself', async () => {
    const { exitCode, out, err } = await cli('--help')
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    for (const name of [
      'understand',
      'serve',
      'runs',
      'trace',
      'review',
      'search',
      'taxonomy',
      'doctor',
      'schemas',
      'record',
    ])
      expect(out).toContain(name)
    expect(await cli('understand', '--help')).toMatchObject({ exitCode: 0, out: expect.stringContaining('quick') })
    expect(await cli('--version')).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  it.each([
    [['nonsense'], 'unknown command'],
    [['understand'], 'missing required argument'],
    [['understand', 'x', '--efort', 'quick'], 'unknown option'],
    [['understand', 'x', '--effort', 'huge'], 'quick, standard, thorough'],
    [['understand', 'x', '--kind', 'opera'], 'audiobook_chapter'],
    [['understand', 'x', '--format', 'yaml'], 'openrtb'],
    [['understand', 'x', '--facets', 'topics,mood'], 'suitability'],
    [['understand', 'there-is-no-such-file'], 'there is no file'],
    [['runs', '--limit', '0'], 'whole number'],
    [['items', 'delete', 'x'], '--yes'],
    [['prune'], '--older-than'],
    [['prune', '--older-than', '30'], '30d'],
    [['prune', '--keep', 'all'], 'whole number'],
    [['runs', '--status', 'happy'], 'unchanged'],
    [['serve', '--port', '99999'], '65535'],
    [['review', 'decide', 'r', 'maybe'], 'approve'],
    [['review', 'decide', 'r', 'amend'], '--value'],
    [['review', 'decide', 'r', 'approve', '--value', '{}'], 'only amend'],
    [['taxonomy', 'search', ' '], 'say what to look for'],
    [['taxonomy', 'search', 'bees', '--taxonomy', 'dewey'], 'iab-content-3.1'],
  ])('refuses %j with code 2 and says what would be accepted', async (args, says) => {
    const { exitCode, out, err } = await cli(...args)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(says)
    expect(err).not.toContain('    at ')
  })

  it('names variables whose values are wrong, with code 2', async () => {
    vi.stubEnv('LINERNOTES_CONCURENCY', '3')
    expect(await cli('runs')).toMatchObject({ exitCode: 2, err: expect.stringContaining('LINERNOTES_CONCURENCY') })
  })

  it.each([
    ['LINERNOTES_PROMPTS', 'topics=summary/v1', 'there is no prompt "summary/v1" for topics; there is topics/v1'],
    ['LINERNOTES_PROMPTS', 'topics=topics/v9', 'there is no prompt "topics/v9" for topics; there is topics/v1'],
    ['LINERNOTES_PROMPTS', 'tpics=topics/v1', 'there is no agent "tpics"; there are topics, entities'],
    ['LINERNOTES_PROMPTS', 'topics=topics/v1,topics=topics/v1', 'name each agent once'],
    ['LINERNOTES_MODELS', 'tpics=m', 'there is no agent "tpics"; there are topics, entities'],
  ])('runs nothing with %s=%s: exits with code 2 and says which values there are', async (variable, value, says) => {
    vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'never-opened'))
    vi.stubEnv(variable, value)
    for (const command of [['understand', 'examples/slow-boat.txt', '--quiet'], ['serve', '--port', '0'], ['runs']]) {
      const { exitCode, out, err } = await cli(...command)
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
      expect(err).toContain(`${variable}: ${says}`)
      expect(err.trim().split('\n')).toHaveLength(1)
    }
  })

  it('says what is wrong with a data folder, with code 1 and without changing the folder', async () => {
    writeFileSync(join(folder, 'holiday.jpg'), 'x')
    vi.stubEnv('LINERNOTES_DATA_DIR', folder)
    const { exitCode, err } = await cli('runs')
    expect(exitCode).toBe(1)
    expect(err).toMatch(/^error: .*is not a data folder.*\n$/)
  })

  it('shows stacks only with --debug', async () => {
    expect((await cli('understand', 'there-is-no-such-file', '--debug')).err).toContain('    at ')
  })

  it('does not listen without keys where others can reach it, unless that is asked for', async () => {
    expect(await cli('serve', '--host', '0.0.0.0')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('LINERNOTES_ALLOW_NO_KEYS'),
    })
  })

  it('lists all variables', async () => {
    const { exitCode, out } = await cli('doctor', '--variables')
    expect(exitCode).toBe(0)
    for (const name of ['LINERNOTES_MODEL', 'OPENAI_BASE_URL', 'QDRANT_URL']) expect(out).toContain(name)
  })

  it('writes schemas that say which documents they describe', async () => {
    const out = join(folder, 'schemas')
    const { exitCode, out: names } = await cli('schemas', '--out', out)
    expect(exitCode).toBe(0)
    expect(names.trim().split('\n')).toHaveLength(6)
    expect(JSON.parse((await cli('schemas', '--out', out, '--json')).out)).toEqual({ files: names.trim().split('\n') })
    const schema: unknown = JSON.parse(readFileSync(join(out, 'item.schema.json'), 'utf8'))
    if (typeof schema !== 'object' || schema === null) throw new Error('no schema')
    const fits = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
    expect(fits({ kind: 'talk', title: 'T', transcripts: [{ text: 'Bees.' }] })).toBe(true)
    expect(fits({ kind: 'opera' })).toBe(false)
  })

  it('finds taxonomy nodes by id, name and meaning', async () => {
    const ids = async (text: string) => {
      const { out } = await cli('taxonomy', 'search', text, '--limit', '3', '--json')
      const found: { id: string; by: string }[] = JSON.parse(out)
      return found.map(({ id, by }) => `${by} ${id}`)
    }
    expect((await ids('258'))[0]).toBe('id 258')
    expect((await ids('Beekeeping'))[0]).toBe('name 258')
    expect(await ids('people who keep honeybees in hives')).toContain('meaning 258')
  })
})
