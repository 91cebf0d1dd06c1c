import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import { RunAnswer } from '../../../src/http/schemas/run-schemas.ts'
import { checkedApp } from '../../support/checked-app.ts'
import { type CountingEndpoint, countingEndpoint } from '../../support/counting-endpoint.ts'
import { memoryService, silent } from '../../support/service.ts'
import { talk } from '../../support/talk.ts'
import { cli } from '../run-cli.ts'

const EMPTY = {
  topics: { topics: [] },
  entities: { entities: [] },
  chapters: { chapters: [] },
  suitability: { categories: [] },
  summary: { claims: [] },
}

let folder: string
let silentAboutTokens: CountingEndpoint
let talkative: CountingEndpoint
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-estimated-'))
  silentAboutTokens = await countingEndpoint({}, EMPTY, { reports: false })
  talkative = await countingEndpoint({}, EMPTY)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await Promise.all([silentAboutTokens?.close(), talkative?.close()])
  rmSync(folder, { recursive: true, force: true })
})

const variables = ({ url }: CountingEndpoint) => ({
  OPENAI_BASE_URL: url,
  LINERNOTES_MODEL: 'm',
  LINERNOTES_EFFORT: 'quick',
})

describe('tokens that a model did not report are marked as estimates', { timeout: 180_000 }, () => {
  it('wherever commands show them, unlike those that a model did report', async () => {
    vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'data'))
    const file = join(folder, 'bees.txt')
    writeFileSync(file, 'Honeybees gather in a cluster around the queen and shiver to keep warm through the winter.')
    const understand = (endpoint: CountingEndpoint, id: string) => {
      for (const [name, value] of Object.entries(variables(endpoint))) vi.stubEnv(name, value)
      return cli('understand', file, '--id', id, '--title', 'Bees', '--format', 'table')
    }
    const { out: reported } = await understand(talkative, 'reported')
    expect(reported).toMatch(/\d+ tokens/)
    expect(reported).not.toContain('about ')
    expect((await understand(silentAboutTokens, 'estimated')).out).toMatch(/about \d+ tokens/)

    const [latest, before] = (await cli('runs')).out.split('\n')
    expect(latest).toMatch(/about \d+ tokens/)
    expect(before).toMatch(/\d+ tokens/)
    expect(before).not.toContain('about ')
    const trace = (await cli('trace', 'last')).out
    expect(trace).toMatch(/topics .*about \d+ tokens/)
    expect(trace).toMatch(/about \d+ in, \d+ out/)
    expect((await cli('trace', 'last', 'topics.0')).out).toMatch(/about \d+ in, \d+ out/)
    expect((await cli('trace', 'last', '--follow')).out).toMatch(/about \d+ in, \d+ out/)
  })

  it('by the service too: in the run, and on its page', async () => {
    const shown = async (endpoint: CountingEndpoint) => {
      const service = await memoryService(variables(endpoint))
      try {
        const { id } = await service.runs.wait((await service.runs.submit(talk())).id).then((run) => run ?? { id: '' })
        const app = await checkedApp(createApp({ service, log: silent, version: '1.2.3' }))
        const { summary } = RunAnswer.parse(await (await app.request(`/v1/runs/${id}`)).json())
        const page = await (await app.request(`/runs/${id}`, { headers: { accept: 'text/html' } })).text()
        return { estimated: summary?.estimated, page: /<dd>(?:about )?\d[^<]* in, [^<]* out/.exec(page)?.[0] }
      } finally {
        await service.close()
      }
    }
    expect(await shown(silentAboutTokens)).toEqual({ estimated: true, page: expect.stringMatching(/^<dd>about \d/) })
    expect(await shown(talkative)).toEqual({ estimated: false, page: expect.stringMatching(/^<dd>\d/) })
  })
})
