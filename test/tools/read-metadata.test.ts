import { expect, it } from 'vitest'
import { readMetadata } from '../../tools/read-metadata.ts'
import { call, depsFor } from './tool-deps.ts'

it('read_metadata shows what is declared', async () => {
  const deps = await depsFor([])
  expect(await call(readMetadata, deps, {})).toEqual({ ok: true, value: { metadata: deps.metadata } })
})

it('read_metadata shortens what is too long and says which fields it shortened', async () => {
  const metadata = {
    title: 'word '.repeat(1000),
    categories: Array.from({ length: 500 }, () => 'c'.repeat(300)),
    show: 'Field Notes',
  }
  const found = await call(readMetadata, await depsFor([], { metadata }), {})
  expect(found).toMatchObject({
    ok: true,
    value: { metadata: { show: 'Field Notes' }, shortened: ['title', 'categories'] },
  })
  expect(JSON.stringify(found).length).toBeLessThan(9_000)
})

it('read_metadata takes no arguments', async () => {
  expect(readMetadata(await depsFor([])).schema.safeParse({ field: 'title' }).success).toBe(false)
})
