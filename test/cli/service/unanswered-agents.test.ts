import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { Understanding } from '../../../src/content/understanding-schema.ts'
import { completion, failure } from '../../wire/openai.ts'
import { cli } from '../run-cli.ts'

const Body = z.object({ tools: z.array(z.object({ function: z.object({ name: z.string() }) })) })

let folder: string
let server: Server
/** How the endpoint answers the agent whose answer is called by `submit`. */
let answer: (submit: string) => Response
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-unanswered-'))
  writeFileSync(join(folder, 'bees.txt'), 'The keeper opened the hive and found the queen among her brood.')
  server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
    const { tools } = Body.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    const said = answer(tools.at(-1)?.function.name ?? '')
    response.writeHead(said.status, { 'content-type': 'application/json' }).end(await said.text())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  await new Promise((done) => server.close(done))
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  const { port } = z.custom<AddressInfo>().parse(server.address())
  vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'data'))
  vi.stubEnv('LINERNOTES_MODEL', 'm')
  vi.stubEnv('OPENAI_BASE_URL', `http://127.0.0.1:${port}/v1`)
  vi.stubEnv('LINERNOTES_MODEL_RETRIES', '0')
})
afterEach(() => vi.unstubAllEnvs())

const understand = (id: string, file = 'bees.txt') =>
  cli('understand', join(folder, file), '--id', id, '--effort', 'quick', '--quiet', '--json')

describe('understand, where nothing was understood', { timeout: 120_000 }, () => {
  it('fails where every agent was answered in prose, with the reason, and prints what there is', async () => {
    answer = () => completion({ content: 'I think that this is about bees.' })
    const { exitCode, out, err } = await understand('prose')
    expect(exitCode).toBe(1)
    expect(Understanding.parse(JSON.parse(out)).status).toBe('partial')
    expect(err).toMatch(
      /^error: no agent came to an answer: [^\n]*it answered in prose; `linernotes trace \S+` shows [^\n]*\n$/,
    )
  })

  it('fails where every call failed', async () => {
    answer = () => failure(500, 'Broken')
    expect(await understand('broken')).toMatchObject({
      exitCode: 1,
      err: expect.stringMatching(/^error: no model answered: [^\n]*500 Broken[^\n]*\n$/),
    })
  })

  it('fails again where all that is reused is that an agent cannot answer', async () => {
    vi.stubEnv('LINERNOTES_MODELS', 'topics=extractive')
    const text = 'Die Imkerin öffnete den Stock und fand die Königin zwischen ihrer Brut und den vielen Waben.'
    writeFileSync(join(folder, 'bienen.txt'), text)
    answer = () => failure(500, 'Broken')
    for (let time = 0; time < 2; time++)
      expect(await understand('german', 'bienen.txt')).toMatchObject({
        exitCode: 1,
        err: expect.stringMatching(/^error: no model answered: /),
      })
  })

  it('is done where one agent came to an answer: a partial understanding says what is missing', async () => {
    answer = (submit) =>
      submit === 'submit_topics'
        ? completion({ calls: [{ name: submit, arguments: '{"topics":[]}' }] })
        : completion({ content: 'Bees.' })
    expect(await understand('partial')).toMatchObject({ exitCode: 0, err: '' })
  })
})
