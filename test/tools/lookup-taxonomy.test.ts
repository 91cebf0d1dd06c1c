import { describe, expect, it } from 'vitest'
import type { Embedder } from '../../src/models/embedder.ts'
import { IAB_CONTENT, loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { lookupTaxonomy } from '../../tools/lookup-taxonomy.ts'
import { call, depsFor, SENTENCES } from './tool-deps.ts'

const taxonomies = loadTaxonomies()
const iab = taxonomies.get(IAB_CONTENT)
const node = (name: string) => {
  const found = iab.byName(name)
  if (found === undefined) throw new Error(`no node ${name}`)
  return found
}
const lookup = async (args: unknown) => call(lookupTaxonomy, await depsFor(SENTENCES), args)

describe('lookup_taxonomy by name', () => {
  it('finds the node of that name first, whatever its case, then names that contain the words', async () => {
    const found = await lookup({ by: 'name', query: 'science' })
    const { id, name, path } = node('Science')
    expect(found).toMatchObject({ ok: true, value: { nodes: { 0: { id, name, path } } } })
  })

  it('finds names by some of their words', async () => {
    expect(JSON.stringify(await lookup({ by: 'name', query: 'motor' }))).toMatch(/Motor/)
  })

  it('says how else to look if there is none', async () => {
    expect(await lookup({ by: 'name', query: 'Zorbing championship' })).toEqual({
      ok: false,
      problem: expect.stringMatching(/"meaning"/),
    })
  })
})

describe('lookup_taxonomy by children and path', () => {
  it('lists the children of a node given by id or by name', async () => {
    const { id } = node('Science')
    const children = iab.children(id)
    const expected = { ok: true, value: { nodes: children.map(({ id, name, path }) => ({ id, name, path })) } }
    expect(await lookup({ by: 'children', query: id, limit: 40 })).toEqual(expected)
    expect(await lookup({ by: 'children', query: 'Science', limit: 40 })).toEqual(expected)
  })

  it('lists the roots, and counts those that exceed the limit', async () => {
    const roots = iab.children(null).length
    expect(await lookup({ by: 'children', query: 'root', limit: 5 })).toMatchObject({
      ok: true,
      value: { more: roots - 5 },
    })
  })

  it('shows the path from the root', async () => {
    const child = iab.children(node('Science').id)[0]
    const found = await lookup({ by: 'path', query: child?.id })
    expect(found).toMatchObject({ ok: true, value: { nodes: [{ name: 'Science' }, { id: child?.id }] } })
  })

  it.each(['children', 'path'])('says what to do about an id that does not exist, by %s', async (by) => {
    expect(await lookup({ by, query: '0000' })).toEqual({
      ok: false,
      problem: expect.stringMatching(/no node "0000".*root/),
    })
  })

  it('knows the other taxonomies', async () => {
    expect(await lookup({ taxonomy: 'garm', by: 'children', query: 'root', limit: 40 })).toMatchObject({
      ok: true,
      value: { nodes: expect.arrayContaining([expect.objectContaining({ id: 'terrorism' })]) },
    })
  })
})

describe('lookup_taxonomy by meaning', () => {
  const axis: Embedder = {
    space: iab.space,
    dimension: 512,
    languages: ['en'],
    local: true,
    embed: async (texts) => texts.map(() => Array.from({ length: 512 }, (_, i) => (i === 7 ? 1 : 0))),
  }

  it('gives the nearest nodes with score and margin to three decimals', async () => {
    const deps = await depsFor(SENTENCES, { embedder: axis })
    const found = await call(lookupTaxonomy, deps, { by: 'meaning', query: 'bees', limit: 3 })
    const [vector = []] = await axis.embed(['bees'])
    const ids = iab.nearest(vector, { space: iab.space, limit: 3 }).map((near) => near.node.id)
    expect(found).toMatchObject({ ok: true, value: { nodes: ids.map((id) => ({ id, score: expect.any(Number) })) } })
    expect(JSON.stringify(found)).not.toMatch(/\d\.\d{4}/)
  })

  it('gives only nodes below a given node', async () => {
    const deps = await depsFor(SENTENCES, { embedder: axis })
    const found = await call(lookupTaxonomy, deps, {
      by: 'meaning',
      query: 'bees',
      under: node('Science').id,
      limit: 2,
    })
    expect(found).toMatchObject({
      ok: true,
      value: { nodes: [{ path: ['Science', expect.anything()] }, { path: expect.arrayContaining(['Science']) }] },
    })
    expect(await call(lookupTaxonomy, deps, { by: 'meaning', query: 'bees', under: 'no such' })).toMatchObject({
      ok: false,
    })
  })

  it('needs an embedder of the taxonomy’s space, and says what is possible without one', async () => {
    for (const embedder of [null, { ...axis, space: 'other@1' }])
      expect(
        await call(lookupTaxonomy, await depsFor(SENTENCES, { embedder }, 'pl'), { by: 'meaning', query: 'x' }),
      ).toEqual({
        ok: false,
        problem: expect.stringMatching(/"pl".*"by": "name"/),
      })
  })
})

it.each([
  { by: 'name' },
  { by: 'name', query: 'x', taxonomy: 'iab' },
  { by: 'regex', query: 'x' },
  { by: 'name', query: 'x', limit: 41 },
])('refuses %j', async (args) => {
  expect(lookupTaxonomy(await depsFor([])).schema.safeParse(args).success).toBe(false)
})
