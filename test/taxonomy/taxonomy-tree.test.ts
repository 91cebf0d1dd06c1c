import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GARM, IAB_CONTENT, loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { UnknownNode, UnknownTaxonomy } from '../../src/taxonomy/taxonomy-errors.ts'
import { readGarmTable } from '../../src/taxonomy/taxonomy-tables.ts'
import { buildTree } from '../../src/taxonomy/taxonomy-tree.ts'

const taxonomies = loadTaxonomies()
const iab = taxonomies.get(IAB_CONTENT)

describe('IAB Content 3.1', () => {
  it('has all 704 nodes, 37 roots and 4 tiers, and says its cattax', () => {
    expect(iab.nodes).toHaveLength(704)
    expect(iab.children(null)).toHaveLength(37)
    expect([1, 2, 3, 4].map((tier) => iab.nodes.filter((node) => node.tier === tier).length)).toEqual([
      37, 323, 275, 69,
    ])
    expect(new Set(iab.nodes.map(({ cattax }) => cattax))).toEqual(new Set([9]))
  })

  it('keeps ids as strings, also those that are no numbers', () => {
    expect(iab.get('v9i3On')?.name).toBe('Sensitive Topics')
    expect(iab.nodes.filter(({ id }) => !/^\d+$/.test(id))).toHaveLength(31)
  })

  it('takes parents from the tiers where the published parent id contradicts them', () => {
    expect(iab.get('376')).toMatchObject({ name: 'Public Radio', parent: '371', tier: 3 })
    expect(iab.get('497')).toMatchObject({
      name: 'Horse Racing',
      parent: '496',
      path: ['Sports', 'Equine Sports', 'Horse Racing'],
    })
  })

  it('names every node once', () => {
    expect(new Set(iab.nodes.map(({ name }) => name)).size).toBe(704)
  })
})

describe.each(taxonomies.ids)('the tree of %s', (id) => {
  const taxonomy = taxonomies.get(id)

  it('has unique ids, and every parent stands one tier above', () => {
    expect(new Set(taxonomy.nodes.map((node) => node.id)).size).toBe(taxonomy.nodes.length)
    for (const node of taxonomy.nodes) {
      const parent = node.parent === null ? undefined : taxonomy.get(node.parent)
      expect(node.tier).toBe((parent?.tier ?? 0) + 1)
      expect(node.path).toEqual([...(parent?.path ?? []), node.name])
      expect(node.taxonomy).toBe(id)
    }
  })

  it('reaches every node once from the roots', () => {
    const below = (parent: string | null): string[] =>
      taxonomy.children(parent).flatMap((node) => [node.id, ...below(node.id)])
    expect(below(null).sort()).toEqual(taxonomy.nodes.map((node) => node.id).sort())
  })

  it('answers the path of any node from a root to itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...taxonomy.nodes), (node) => {
        const path = taxonomy.path(node.id)
        expect(path[0]?.parent).toBeNull()
        expect(path.at(-1)).toBe(node)
        expect(path.map(({ name }) => name)).toEqual(node.path)
      }),
    )
  })

  it('finds any node by its name, however it is written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...taxonomy.nodes), (node) => {
        expect(taxonomy.byName(` ${node.name.toUpperCase().normalize('NFD')} `)?.name).toBe(node.name)
      }),
    )
  })
})

describe('look-up', () => {
  it('ignores case and diacritics in names and finds nothing for a stranger', () => {
    expect(iab.byName('téchnology  &  computing')?.id).toBe('596')
    expect(iab.byName('cooking with gas')).toBeUndefined()
  })

  it('prefers the current Apple category to the retired one of the same name', () => {
    expect(taxonomies.get('apple-podcasts').byName('Video Games')?.path).toEqual(['Leisure', 'Video Games'])
  })

  it('ties every GARM category to a sensitive topic of IAB, but misinformation, which came later', () => {
    const sensitive = iab.children('v9i3On').map(({ id }) => id)
    const tied = readGarmTable().map(([, , iabId]) => iabId)
    expect(tied.filter((id) => id !== null).sort()).toEqual([...sensitive].sort())
    expect(
      readGarmTable()
        .filter(([, , id]) => id === null)
        .map(([id]) => id),
    ).toEqual(['misinformation'])
    expect(taxonomies.get(GARM).nodes).toHaveLength(12)
  })

  it('names the known taxonomies when asked for another', () => {
    expect(() => taxonomies.get('dewey')).toThrow(UnknownTaxonomy)
    expect(() => taxonomies.get('dewey')).toThrow('iab-content-3.1, apple-podcasts, garm')
    expect(() => taxonomies.get('constructor')).toThrow(UnknownTaxonomy)
  })

  it('refuses children and paths of nodes that there are not', () => {
    expect(() => iab.children('nope')).toThrow(UnknownNode)
    expect(() => iab.path('nope')).toThrow(UnknownNode)
    expect(iab.get('nope')).toBeUndefined()
  })
})

describe('building a tree', () => {
  it('refuses an id that occurs twice and a parent that is missing', () => {
    const root = ['1', null, 'One'] as const
    expect(() => buildTree('garm', [root, root])).toThrow('the id 1 occurs twice')
    expect(() => buildTree('garm', [['2', '1', 'Two'], root])).toThrow('no row before 2 has its parent 1')
  })
})
