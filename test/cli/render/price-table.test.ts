import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { PriceFileError, readPriceFile } from '../../../src/models/price-file.ts'
import { cli } from '../run-cli.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-prices-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllEnvs())

const price = { inputPerMTok: 0.25, outputPerMTok: 2 }
const written = (content: unknown): string => {
  const path = join(folder, 'prices.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const problem = (content: unknown): string => {
  try {
    readPriceFile(written(content))
  } catch (error) {
    if (error instanceof PriceFileError) return error.message
    throw error
  }
  return 'none'
}

describe('a price table', () => {
  it('that cannot be used is refused in one line with file, place and what is expected, with code 2', async () => {
    const path = written({ asOf: '2026-01-31', models: { tiny: { ...price, inputPerMTok: '0.25' } } })
    vi.stubEnv('LINERNOTES_PRICES', path)
    vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'data'))
    const { exitCode, out, err } = await cli('runs')
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toBe(
      `error: LINERNOTES_PRICES: ${path} is no price table: /models/tiny/inputPerMTok: must be a number from 0. ` +
        'Expected: {"asOf": "2026-01-31", "models": {"<model>": {"inputPerMTok": 0.25, "outputPerMTok": 2}}}, dollars for a million tokens\n',
    )
  })

  it.each([
    ['no JSON', '{"asOf": ', 'it is no JSON ('],
    ['something else', [1], 'must be an object'],
    ['without its day', { models: {} }, '/asOf: is missing; it must be a day, such as'],
    ['with a day that is none', { asOf: 'yesterday', models: {} }, '/asOf: must be a day, such as 2026-01-31'],
    [
      'below nothing',
      { asOf: '2026-01-31', models: { a: { ...price, outputPerMTok: -1 } } },
      '/models/a/outputPerMTok: ',
    ],
    [
      'with a slip',
      { asOf: '2026-01-31', models: { a: { ...price, input: 1 } } },
      '/models/a/input: is not known; there are inputPerMTok, ',
    ],
    [
      'wrong throughout',
      { asOf: '2026-01-31', models: { a: {}, b: {} } },
      '/models/b/inputPerMTok: is missing; it must be a number from 0 (and 1 more)',
    ],
  ])('is refused with the place of the mistake: %s', (_, content, says) => {
    expect(problem(content)).toContain(`prices.json is no price table: `)
    expect(problem(content)).toContain(says)
    expect(problem(content)).not.toContain('\n')
  })

  it('that does not exist is reported as a file that cannot be read', () => {
    expect(() => readPriceFile(join(folder, 'none.json'))).toThrow(/none\.json cannot be read \(ENOENT\)$/)
  })

  it('may begin with a byte order mark', () => {
    const table = { asOf: '2026-01-31', models: { tiny: price } }
    expect(readPriceFile(written(`\uFEFF${JSON.stringify(table)}`))).toEqual(table)
  })
})
