import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createProgram } from '../../src/cli/program.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import { Understanding } from '../../src/content/understanding-schema.ts'
import { RunDiff } from '../../src/http/schemas/diff-schemas.ts'
import { RunAnswer } from '../../src/http/schemas/run-schemas.ts'
import { StepDetailDocument } from '../../src/http/schemas/step-schemas.ts'
import { FleetReport } from '../../src/replay/fleet/fleet-report.ts'
import { Why } from '../../src/trace/why/why-answer.ts'
import { fakeTerminal } from './fake-terminal.ts'
import { cli } from './run-cli.ts'

// The commands run one after another, as a user would give them, on a data folder of their own with the embedded engine.

const TEXT =
  'Mara: Today we talk about how honeybees get through the winter.\n\nJonas: They gather in a cluster around the queen and shiver to keep warm. A beekeeper leaves them enough honey in the hive, and does not open it before spring.'

let folder: string
let document: Understanding
let run: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-looking-'))
  vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'data'))
  writeFileSync(join(folder, 'bees.txt'), TEXT)
  const { out } = await cli(
    'understand',
    join(folder, 'bees.txt'),
    '--id',
    'bees',
    '--title',
    'Bees in winter',
    '--effort',
    'quick',
    '--quiet',
  )
  document = Understanding.parse(JSON.parse(out))
  run = document.provenance.runId
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const json = async (...args: string[]): Promise<unknown> => JSON.parse((await cli(...args, '--json')).out)

describe('runs', { timeout: 120_000 }, () => {
  it('are listed, and found by their cost, prompt, model and failed node', async () => {
    const listed = await cli('runs')
    expect(listed).toMatchObject({ exitCode: 0, err: '' })
    expect(listed.out).toContain(run)
    const find = async (...filter: string[]) =>
      z
        .array(RunAnswer)
        .parse(await json('runs', ...filter))
        .map(({ id }) => id)
    expect(await find('--model', 'extractive/1', '--prompt', 'topics/v2', '--since', '1h', '--item', 'bees')).toEqual([
      run,
    ])
    expect(await find('--failed', 'topics')).toEqual([])
    expect(await find('--cost-over', '0')).toEqual([])
    expect((await cli('runs', '--since', '2999-01-01')).out).toBe('no run is like this\n')
  })

  it('are replayed as a fleet by the same filters', async () => {
    const fleet = (query: string) => cli('replay', '--fleet', query, '--workers', '1', '--json')
    const found = await fleet('item=bees&status=complete&model=extractive/1&prompt=topics/v2&since=1h&limit=5')
    expect(found).toMatchObject({ exitCode: 0, err: '' })
    expect(FleetReport.parse(JSON.parse(found.out))).toMatchObject({ identical: 1, diverged: 0 })
    for (const none of ['failed=topics', 'costOver=0', 'since=2999-01-01'])
      expect(await fleet(none)).toMatchObject({ exitCode: 1, err: expect.stringContaining(`fits "${none}"`) })
  })

  it.each([
    [['runs', '--since', 'yesterday'], 'how long ago'],
    [['runs', '--cost-over', 'much'], 'US dollars'],
    [['replay', '--fleet', 'colour=red'], 'since, costOver, limit'],
    [['trace'], '`last` is the newest run'.slice(0, 6)],
    [['trace', 'last', 'topics.0', '--follow'], 'name no step'],
    [['trace', 'diff', 'last'], 'missing required argument'],
    [['why', 'bees'], 'missing required argument'],
  ])('refuses %j and says what would be accepted', async (args, says) => {
    const { exitCode, err } = await cli(...args)
    expect(exitCode).toBe(2)
    expect(err).toContain(says)
  })

  it('are not cancelled after their end, and the command says so', async () => {
    expect(await cli('runs', 'cancel', 'last')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('nothing was changed'),
    })
    expect(await cli('runs', 'cancel', 'none')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('linernotes runs'),
    })
  })
})

describe('trace', { timeout: 120_000 }, () => {
  it('shows one step with its changes of state and its conversation', async () => {
    const { exitCode, out } = await cli('trace', 'last', 'topics.0')
    expect(exitCode).toBe(0)
    expect(out).toContain('add /drafts/topics')
    expect(out).toMatch(/topics\.0\.chat\.1 extractive\/1\n {4}→ submit_topics/)
    expect(StepDetailDocument.parse(await json('trace', run, 'topics.0')).name).toBe('topics.0')
    const unknown = await cli('trace', run, 'topics.9')
    expect(unknown).toMatchObject({ exitCode: 1, err: expect.stringContaining('assemble.0') })
    expect(await cli('trace', run, 'topics.0.chat.9')).toMatchObject({ exitCode: 1 })
    expect(JSON.parse((await cli('trace', run, 'topics.0.chat.0')).out)).toMatchObject({ name: 'topics.0.chat.0' })
  })

  it('follows a run to its end with a line of text or of JSON for each event', async () => {
    const { exitCode, out } = await cli('trace', 'last', '--follow')
    expect(exitCode).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toBe(document.status)
    expect(lines.at(-1)).toBe(`ended ${document.status} with version 1`)
    expect(out).toMatch(/topics\.0 …\n[\s\S]* {2}topics\.0\.chat\.0 [\s\S]*\ntopics\.0 \d.*✓/)
    const events = (await cli('trace', 'last', '--follow', '--json')).out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events.at(-1)).toMatchObject({ event: 'end', id: 'end', data: { version: 1 } })
    expect(events).toHaveLength(lines.length)
  })

  it('says how two runs differ, step by step and label by label', async () => {
    writeFileSync(join(folder, 'bees-2.txt'), TEXT.replace('honey in the hive', 'sugar in the hive'))
    await cli(
      'understand',
      join(folder, 'bees-2.txt'),
      '--id',
      'bees',
      '--title',
      'Bees in winter',
      '--effort',
      'quick',
      '--quiet',
    )
    const { exitCode, out, err } = await cli('trace', 'diff', run, 'last')
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(out).toMatch(/first difference: transcript\.0 left something else\n/)
    expect(out).toContain('/update/texts/transcript/hash')
    const diff = RunDiff.parse(await json('trace', 'diff', run, 'last'))
    expect(diff.first?.step).toBe('transcript.0')
    expect((await cli('trace', 'diff', run, run)).out).toContain('both have the same labels')
    expect(await cli('trace', 'diff', run, 'none')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('no run "none"'),
    })
  })
})

describe('why', { timeout: 120_000 }, () => {
  it('tells in plain sentences how a label came about', async () => {
    const [name = ''] = Object.keys(document.attributes)
    const { exitCode, out } = await cli('why', 'bees', `/attributes/${name}`, '--version', '1')
    expect(exitCode).toBe(0)
    expect(out).toMatch(new RegExp(`^${name}: `))
    expect(out).toMatch(/ 2\. The attributes agent proposed it/)
    expect(out).toContain(`linernotes trace ${run} attributes.0`)
    expect(Why.parse(await json('why', 'bees', `/attributes/${name}`, '--version', '1')).run).toBe(run)
  })

  it('lists the labels that there are if the pointer names none', async () => {
    expect(await cli('why', 'bees', '/topics/99')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('there are /'),
    })
    expect(await cli('why', 'bees', 'topics')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('JSON pointer'),
    })
    expect(await cli('why', 'wasps', '/topics/0')).toMatchObject({ exitCode: 1, err: expect.stringContaining('wasps') })
  })
})

describe('fork', { timeout: 120_000 }, () => {
  it('says how it differs from its parent, and is marked where runs are shown', async () => {
    const { exitCode, out } = await cli('fork', run, '--at', 'topics')
    expect(exitCode).toBe(0)
    expect(out).toContain('every step left the same')
    const [, id = ''] = /fork (\S+) is complete; nothing of it is published/.exec(out) ?? []
    expect((await cli('runs', '--limit', '1')).out).toMatch(new RegExp(`^${id} .+ complete, fork `))
    expect((await cli('runs')).out).toMatch(new RegExp(`^${run} .+ complete  `, 'm'))
    expect((await cli('trace', id)).out).toContain(`fork of ${run}, live at topics.0 · nothing of it is published`)
  })

  it.each([
    [[], 'say what goes live'],
    [['--at', 'topics', '--live', 'chat'], 'say what goes live'],
    [['--at', 'topics', '--strict'], '--strict goes with --live chat'],
    [['--at', 'revise'], 'revise.0 was never visited'],
    [['--at', 'topics', '--prompt', 'topics=v99'], 'no prompt "topics/v99"'],
  ])('refuses %j and says what would be accepted', async (flags, says) => {
    expect(await cli('fork', run, ...flags)).toMatchObject({ exitCode: 2, err: expect.stringContaining(says) })
  })

  it('fails if no model answered in the live part, and still shows the difference', async () => {
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1')
    vi.stubEnv('LINERNOTES_MODEL_RETRIES', '0')
    const { exitCode, out, err } = await cli('fork', run, '--at', 'topics', '--model', 'away')
    vi.stubEnv('OPENAI_BASE_URL', '')
    vi.stubEnv('LINERNOTES_MODEL_RETRIES', '')
    expect(exitCode).toBe(1)
    expect(out).toContain('first difference: topics.0')
    expect(err).toMatch(/^error: no model answered: .*cannot be reached/)
  })
})

describe('understand', { timeout: 120_000 }, () => {
  it('ends with the address of the run, below the document', async () => {
    const written: string[] = []
    const write = (text: string) => void written.push(text)
    const terminal = { ...fakeTerminal(), out: write, err: write }
    await runProgram(createProgram, ['understand', join(folder, 'bees.txt'), '--id', 'again'], terminal)
    const [document, address] = written.slice(-2)
    expect(document).toContain('"linernotes/understanding/1"')
    expect(address).toMatch(/^how it came about: http:\/\/127\.0\.0\.1:8080\/runs\/\S+ once/)
  })

  it('fails if no model could be reached, and still prints the document', async () => {
    vi.stubEnv('LINERNOTES_MODEL', 'm')
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1')
    vi.stubEnv('LINERNOTES_MODEL_RETRIES', '0')
    const { exitCode, out, err } = await cli(
      'understand',
      join(folder, 'bees.txt'),
      '--id',
      'away',
      '--effort',
      'quick',
      '--quiet',
      '--json',
    )
    expect(exitCode).toBe(1)
    expect(Understanding.parse(JSON.parse(out)).status).toBe('partial')
    expect(err).toMatch(/^error: no model answered: [^\n]*127\.0\.0\.1:1[^\n]*linernotes doctor[^\n]*\n$/)
  })
})
