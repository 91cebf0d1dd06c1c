import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TIMEOUT = 300_000

interface Started {
  child: ChildProcess
  /** Resolves when the text written so far matches. */
  wrote(pattern: RegExp): Promise<string>
  ended: Promise<{ code: number | null; out: string; err: string }>
}

/** Runs a command as a process of its own, on this file's data folder. */
const start = (...args: string[]): Started => startWith({}, ...args)

function startWith(variables: Record<string, string>, ...args: string[]): Started {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(LINERNOTES_|OPENAI_|QDRANT_|PORT$)/.test(name))
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
    env: { ...Object.fromEntries(inherited), LINERNOTES_DATA_DIR: join(folder, 'data'), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written = { out: '', err: '' }
  const watchers = new Set<() => void>()
  const keep = (name: 'out' | 'err') => (chunk: Buffer) => {
    written[name] += chunk.toString()
    for (const watch of watchers) watch()
  }
  child.stdout.on('data', keep('out'))
  child.stderr.on('data', keep('err'))
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, ...written }))
  const wrote = (pattern: RegExp) =>
    new Promise<string>((done, fail) => {
      const watch = () => {
        const found = pattern.exec(`${written.out}${written.err}`)
        if (found !== null) done(found[0])
      }
      watchers.add(watch)
      watch()
      ended.then(({ err }) => fail(new Error(`it ended before it wrote ${pattern}: ${err}`)))
    })
  return { child, wrote, ended }
}

describe('commands as processes', () => {
  it('take up an interrupted run, share a folder with a server, and stop when they are told to', {
    timeout: TIMEOUT,
  }, async () => {
    const interrupted = start('understand', 'examples/the-envelope.json', '--debug')
    await interrupted.wrote(/"path":"\/v1\/items","status":202/)
    interrupted.child.kill('SIGINT')
    expect(await interrupted.ended).toMatchObject({
      code: 130,
      out: '',
      err: expect.stringContaining('takes the run up'),
    })

    const unpriced = { LINERNOTES_SECOND_MODEL: 'second', LINERNOTES_BUDGET_USD: '2' }
    const server = startWith(unpriced, 'serve', '--port', '0')
    const url = await server.wrote(/http:\/\/127\.0\.0\.1:\d+(?=\n)/)
    await server.wrote(/taken up again/)
    await server.wrote(/"level":"warn","message":"LINERNOTES_BUDGET_USD does not limit what openai:second costs: /)
    const variables = { LINERNOTES_MODEL: 'm', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' }
    const understood = await startWith(variables, 'understand', 'examples/the-envelope.json', '--format', 'table').ended
    expect(understood).toMatchObject({ code: 0, out: expect.stringContaining('The Envelope') })
    expect(understood.err).toContain(`through the server at ${url}`)
    expect(understood.err).toContain('it knows nothing of LINERNOTES_MODEL, OPENAI_BASE_URL')
    expect(await start('serve', '--port', '0').ended).toMatchObject({ code: 1, err: expect.stringContaining(url) })

    server.child.kill('SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0 })
    const runs = await start('runs', '--json').ended
    const found: { status: string; attempt: number }[] = JSON.parse(runs.out)
    // The server finished the first run, which had been interrupted. The second run found nothing to do.
    expect(found.map(({ status }) => status)).toEqual(['unchanged', expect.stringMatching(/^(complete|partial)$/)])
    expect(found[1]?.attempt).toBe(2)
  })
})
