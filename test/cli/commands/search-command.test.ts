import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type QdrantServer, startQdrantServer } from '../../wire/qdrant-server.ts'
import { cli } from '../run-cli.ts'

let folder: string
let qdrant: QdrantServer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-search-'))
  qdrant = await startQdrantServer()
  vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'data'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
  await qdrant?.close()
})

describe('search', { timeout: 120_000 }, () => {
  it('says that nothing is indexed if the index is empty', async () => {
    expect(await cli('search', 'bees')).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^nothing is indexed/),
    })
  })

  it('finds what was understood', async () => {
    const file = join(folder, 'bees.txt')
    writeFileSync(file, 'Honeybees gather in a cluster around the queen and shiver to keep warm through the winter.')
    const options = ['--id', 'bees', '--title', 'Bees in winter', '--effort', 'quick', '--quiet']
    expect(await cli('understand', file, ...options)).toMatchObject({ exitCode: 0 })
    const { out } = await cli('search', 'how bees survive the cold')
    expect(out).toContain('Bees in winter')
    expect(out).not.toContain('behind')
  })

  it('says that nothing was compared if the embedder does not know the language of the question', async () => {
    const { out, exitCode } = await cli(
      'search',
      'Wie überleben Bienen den kalten Winter im Stock, wenn draußen keine Blumen mehr blühen?',
    )
    expect(exitCode).toBe(0)
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/^nothing was compared: the embedder .* does not read "de"/)
    expect(out).not.toContain('Bees in winter')
  })

  it('says that the index is behind if another engine cannot be filled', async () => {
    vi.stubEnv('QDRANT_URL', qdrant.url)
    qdrant.fault = ({ method, path }) =>
      method === 'PUT' && path.endsWith('/points') ? { status: 400, body: 'no room' } : undefined
    const { exitCode, out, err } = await cli('search', 'how bees survive the cold')
    expect(exitCode).toBe(0)
    expect(out).toBe(
      'the similarity index is behind by 1 change, and there may be more to find: each search indexes some more of them, and `linernotes serve` all of them\n',
    )
    expect(err).toMatch(/^note: the similarity index is behind and will be tried again: .*no room/)
  })

  it('finds in another engine what was published before, in the second search at the latest', async () => {
    vi.stubEnv('QDRANT_URL', qdrant.url)
    qdrant.fault = () => undefined
    await cli('search', 'how bees survive the cold')
    expect((await cli('search', 'how bees survive the cold')).out).toContain('Bees in winter')
  })
})
