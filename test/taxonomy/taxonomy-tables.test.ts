import { describe, expect, it } from 'vitest'
import { readContentTaxonomy, readGenreMapping } from '../../scripts/taxonomy-tsv.ts'

const headers = ['System\t\t\tTiers\t\t\t\t\t', 'Unique ID\tParent\tName\tTier 1\tTier 2\tTier 3\tTier 4\t']
const file = (...rows: string[]) => [...headers, ...rows, ''].join('\r\n')

describe('reading a content taxonomy', () => {
  it('builds the tree from the tier columns, against the parent ids', () => {
    const rows = readContentTaxonomy(file('1\t\tA\tA\t\t\t\t', '2\t1\tB\tA\tB\t\t\t', 'X3\t1\tC\tA\tB\tC\t\tnote'))
    expect(rows).toEqual([
      ['1', null, 'A'],
      ['2', '1', 'B'],
      ['X3', '2', 'C'],
    ])
  })

  it('puts parents before their children and keeps the order of siblings', () => {
    const rows = readContentTaxonomy(
      file('3\t2\tC\tA\tB\tC\t\t', '2\t1\tB\tA\tB\t\t\t', '1\t\tA\tA\t\t\t\t', '4\t1\tD\tA\tD\t\t\t'),
    )
    expect(rows.map(([id]) => id)).toEqual(['1', '2', '3', '4'])
  })

  it('survives a byte order mark and bare line ends', () => {
    expect(readContentTaxonomy(`\uFEFF${file('1\t\tA\tA\t\t\t\t').replaceAll('\r', '')}`)).toEqual([['1', null, 'A']])
  })

  it('names the line of a row without an ancestor, and of one without a name', () => {
    expect(() => readContentTaxonomy(file('1\t\tA\tA\t\t\t\t', '2\t1\tC\tZ\tC\t\t\t'))).toThrow('line 4: no row for Z')
    expect(() => readContentTaxonomy(file('1\t\t\tA\t\t\t\t'))).toThrow('line 3')
  })
})

describe('reading the genre mapping', () => {
  it('keeps an empty id as null and the name as it stands', () => {
    expect(readGenreMapping('Genre\tID\tName\r\nArts\t201\tFine Art\r\nWilds\t\tNature\r\n')).toEqual([
      ['Arts', '201', 'Fine Art'],
      ['Wilds', null, 'Nature'],
    ])
  })
})
