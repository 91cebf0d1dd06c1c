import { describe, expect, it } from 'vitest'
import { fromAppleCategory, podcastGenres } from '../../src/taxonomy/podcast-genres.ts'
import { IAB_CONTENT, loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'

const iab = loadTaxonomies().get(IAB_CONTENT)
const { all, get } = podcastGenres()

describe('podcast genres', () => {
  it('link to a node that exists, or say why not', () => {
    for (const link of all) {
      if (link.iab === null) expect(link.unmapped, link.genre).not.toBeNull()
      else expect(iab.get(link.iab), link.genre).toBeDefined()
      if (link.closest !== null) expect(iab.get(link.closest), link.genre).toBeDefined()
      if (link.unmapped === 'the mapping does not list it') expect(link.closest, link.genre).not.toBeNull()
    }
  })

  it('leave 13 genres unmapped that IAB gives ids outside of the taxonomy, and one without an id', () => {
    expect(all.filter(({ unmapped }) => unmapped?.includes('descriptive vector'))).toHaveLength(13)
    expect(get('Wilderness')).toMatchObject({ iab: null, unmapped: 'the mapping gives no id', closest: '159' })
  })

  it('are joined on the id and never on the name beside it', () => {
    expect(get('Investing')).toMatchObject({ iab: '61', statedName: 'Business and Finance' })
    expect(iab.get('61')?.name).toBe('Startups')
    expect(all.filter(({ iab: id, statedName }) => id !== null && statedName !== null)).toHaveLength(7)
  })

  it('offer the nearest subject where a genre has one, and none where it names a form', () => {
    expect(get('Film Reviews')).toMatchObject({ iab: null, closest: '324' })
    expect(get('Daily News')).toMatchObject({ iab: null, closest: null })
  })
})

describe('Apple categories', () => {
  it('all have a link', () => {
    for (const { id, name } of loadTaxonomies().get('apple-podcasts').nodes) {
      expect(fromAppleCategory(id), id).toBeDefined()
      expect(fromAppleCategory(name), name).toEqual(fromAppleCategory(id))
    }
  })

  it('are looked up by name whatever their case, those of old feeds too', () => {
    expect(fromAppleCategory('video games')?.iab).toBe('680')
    expect(fromAppleCategory('News &  Politics')).toMatchObject({ iab: null, closest: '386' })
    expect(fromAppleCategory('Falconry')).toBeUndefined()
  })
})
