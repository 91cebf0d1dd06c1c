import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { schemaFiles } from '../../src/cli/render/json-schemas.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import { createApp } from '../../src/http/app.ts'
import { readRecording } from '../../src/recordings/read/read-recording.ts'
import type { Service } from '../../src/service.ts'
import { fakeTerminal } from '../cli/fake-terminal.ts'
import { type CheckedApp, checkedApp } from '../support/checked-app.ts'
import { memoryService, silent } from '../support/service.ts'
import { talk } from '../support/talk.ts'
import { inPieces } from './recording-samples.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-record-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllEnvs())

describe('a recording over HTTP', { timeout: 120_000 }, () => {
  let service: Service
  let app: CheckedApp
  let run: string
  beforeAll(async () => {
    service = await memoryService()
    app = await checkedApp(createApp({ service, log: silent, version: '1.2.3' }))
    run = (await service.runs.submit(talk())).id
    await service.runs.wait(run)
  })
  afterAll(() => service?.close())

  it('is a file with a name, and holds the run', async () => {
    const response = await app.request(`/v1/runs/${run}/recording`)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="${run}.linernotes.gz"`,
      'cache-control': 'no-store',
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(JSON.parse(gunzipSync(bytes).toString().split('\n')[0] ?? '')).toMatchObject({ createdBy: '1.2.3' })
    expect(await readRecording(inPieces(bytes))).toMatchObject({ run: { id: run }, item: talk(), redacted: false })
  })

  it('leaves its texts out if that is asked for', async () => {
    const response = await app.request(`/v1/runs/${run}/recording?redact=true`)
    expect(response.headers.get('content-disposition')).toContain('.redacted.linernotes.gz"')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(await readRecording(inPieces(bytes))).toMatchObject({ run: { id: run }, redacted: true })
    const text = gunzipSync(bytes).toString().toLowerCase()
    for (const words of ['Lovelace', 'Babbage', 'Looms and numbers', 'punched'])
      expect(text.includes(words.toLowerCase()), words).toBe(false)
  })

  it('is a problem with a reason if the run is not there or not over', async () => {
    const missing = await app.request('/v1/runs/nobody/recording')
    expect(missing.status).toBe(404)
    expect(await missing.json()).toMatchObject({
      type: '/problems/not-found',
      detail: expect.stringContaining('nobody'),
    })
    const { run: waiting } = await service.runs.prepare(talk({ id: 'waiting' }))
    const early = await app.request(`/v1/runs/${waiting.id}/recording`)
    expect(early.status).toBe(409)
    expect(await early.json()).toMatchObject({
      type: '/problems/run-unfinished',
      detail: expect.stringContaining('record it when it is over'),
    })
    expect((await app.request(`/v1/runs/${run}/recording?redact=perhaps`)).status).toBe(400)
  })

  it('fits the published schema, line by line', async () => {
    const schema = schemaFiles().get('recording.schema.json')
    if (schema === undefined) throw new Error('there is a schema')
    const fits = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
    for (const query of ['', '?redact=true']) {
      const response = await app.request(`/v1/runs/${run}/recording${query}`)
      const lines = gunzipSync(await response.arrayBuffer())
        .toString()
        .trimEnd()
        .split('\n')
      for (const line of lines) expect(fits(JSON.parse(line)), line.slice(0, 200)).toBe(true)
    }
    expect(fits({ frame: 'script' })).toBe(false)
    expect(fits({ frame: 'blob', hash: 'sha256:1', text: '' })).toBe(false)
  })
})

describe('record on the command line', { timeout: 120_000 }, () => {
  const at = (name: string) => join(folder, name)
  async function cli(...args: string[]) {
    vi.stubEnv('LINERNOTES_DATA_DIR', at('data'))
    const terminal = fakeTerminal()
    const exitCode = await runProgram(createProgram, args, terminal)
    return { exitCode, ...terminal.written, bytes: Buffer.concat(terminal.bytes) }
  }

  beforeAll(async () => {
    writeFileSync(at('talk.json'), JSON.stringify(talk()))
    expect((await cli('understand', at('talk.json'), '--quiet')).exitCode).toBe(0)
  })

  it('writes a file that can be verified, and leaves no other file behind', async () => {
    const file = at('looms.linernotes.gz')
    expect(await cli('record', 'last', '-o', file)).toMatchObject({
      exitCode: 0,
      out: '',
      err: expect.stringMatching(/^wrote .*looms\.linernotes\.gz: run [0-9a-f-]{36}, \d+ bytes\n$/),
    })
    expect(readdirSync(folder).sort()).toEqual(['data', 'looms.linernotes.gz', 'talk.json'])
    const verified = await cli('record', 'verify', file)
    expect(verified).toMatchObject({ exitCode: 0, err: '' })
    expect(verified.out).toMatch(
      /^ok .*: whole; run .* of item looms \(\w+, version 1\) with extractive\/1; \d+ steps, \d+ calls; written by linernotes [\d.]+; sha256:[0-9a-f]{64}\n$/,
    )
  })

  it('writes a file that is the same recording after another program has packed it', async () => {
    const [file, again] = [at('packed.linernotes.gz'), at('packed-again.linernotes.gz')]
    await cli('record', 'last', '-o', file)
    writeFileSync(again, gzipSync(gunzipSync(readFileSync(file)), { level: 1 }))
    expect(readFileSync(again).equals(readFileSync(file))).toBe(false)
    const verified = JSON.parse((await cli('record', 'verify', '--json', file, again)).out)
    expect(verified).toMatchObject([{ ok: true }, { ok: true, sha256: verified[0].sha256 }])
  })

  it('replaces a file only if it is told to', async () => {
    const file = at('again.linernotes.gz')
    writeFileSync(file, 'mine')
    expect(await cli('record', 'last', '-o', file)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--force'),
    })
    expect(readFileSync(file, 'utf8')).toBe('mine')
    const written = await cli('record', 'last', '-o', file, '--force', '--redact', '--json')
    expect(JSON.parse(written.out)).toMatchObject({ file, redacted: true })
    expect(await cli('record', 'verify', file)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('without texts, to look at and not to replay'),
    })
  })

  it('writes the bytes and nothing else to stdout', async () => {
    const { exitCode, out, err, bytes } = await cli('record', 'last', '-o', '-')
    expect({ exitCode, out, err }).toEqual({ exitCode: 0, out: '', err: '' })
    expect((await readRecording(inPieces(bytes))).run.itemId).toBe('looms')
  })

  it('ends with code 2 if an argument is missing, and with code 1 if a run or folder is not there', async () => {
    expect(await cli('record')).toMatchObject({ exitCode: 2, err: expect.stringContaining('name a run') })
    expect(await cli('record', 'last')).toMatchObject({ exitCode: 2, err: expect.stringContaining('-o FILE') })
    expect(await cli('record', 'nobody', '-o', at('nobody.gz'))).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('there is no run "nobody"'),
    })
    expect(await cli('record', 'last', '-o', at('no-such-folder/x.gz'))).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('could not be written'),
    })
    expect(readdirSync(folder)).not.toContain('nobody.gz')
  })

  it('verify names each file that is not a whole recording, says why, and ends with code 1', async () => {
    const [good, bad] = [at('good.linernotes.gz'), at('bad.linernotes.gz')]
    await cli('record', 'last', '-o', good)
    writeFileSync(bad, readFileSync(good).subarray(0, 5000))
    const { exitCode, out, err } = await cli('record', 'verify', good, bad, at('talk.json'), at('none'))
    expect(exitCode).toBe(1)
    expect(out.trim().split('\n')).toHaveLength(1)
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^truncated .*bad.* the end of the recording is missing/),
      expect.stringMatching(/^not-a-recording .*talk\.json/),
      expect.stringMatching(/^unreadable .*none: there is no such file/),
    ])
    const json = JSON.parse((await cli('record', 'verify', '--json', good, bad)).out)
    expect(json).toMatchObject([
      { ok: true, item: 'looms', redacted: false },
      { ok: false, kind: 'truncated' },
    ])
  })
})
