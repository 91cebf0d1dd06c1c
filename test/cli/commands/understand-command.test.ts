import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { cli } from '../run-cli.ts'

// Each of these commands starts everything that it needs.
vi.setConfig({ testTimeout: 300_000 })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-understand-'))
  vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'data'))
  // Nobody listens there, so the index is behind and the command would print a note.
  vi.stubEnv('QDRANT_URL', 'http://127.0.0.1:1')
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const file = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const episode = (n: number) => `<item><title>Bees ${n}</title><guid>g-${n}</guid></item>`

it('--quiet writes the document and nothing else', async () => {
  const spoken = file('bees.txt', 'The keeper opened the hive and found the queen among her brood.')
  const loud = await cli('understand', spoken, '--json')
  expect(loud.err).toContain('index')
  const quiet = await cli('understand', spoken, '--json', '--quiet', '--title', 'Bees')
  expect({ exitCode: quiet.exitCode, err: quiet.err }).toEqual({ exitCode: 0, err: '' })
  expect(JSON.parse(quiet.out)).toMatchObject({ item: { title: 'Bees' } })
})

it('--all names the episode in which something is missing', async () => {
  const feed = file(
    'feed.xml',
    `<rss version="2.0"><channel><title>B</title>${episode(1)}${episode(2)}</channel></rss>`,
  )
  const { out, err } = await cli('understand', feed, '--all', '--no-fetch')
  expect(out.trim().split('\n')).toHaveLength(2)
  expect(err).toContain('not answered: 1/2 Bees 1: ')
  expect(err).toContain('not answered: 2/2 Bees 2: ')
})

it('an item that was understood can be erased, also with --json', async () => {
  vi.stubEnv('QDRANT_URL', '')
  const spoken = file('wasps.txt', 'The wasps came to the hive in autumn and were driven away by the bees.')
  await cli('understand', spoken, '--json', '--quiet', '--id', 'wasps')
  const erased = await cli('items', 'delete', 'wasps', '--yes', '--json')
  expect(JSON.parse(erased.out)).toEqual({ deleted: 'wasps' })
  expect(await cli('items', 'delete', 'wasps', '--yes')).toMatchObject({ exitCode: 1 })
})
