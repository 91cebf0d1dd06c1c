/** One row of a taxonomy table: id, parent's id (null at a root), name. */
export type TableRow = [id: string, parent: string | null, name: string]

/** One row of IAB's podcast genre mapping, as it stands there: genre, id (null where the cell is empty), the name beside the id. */
export type GenreRow = [genre: string, iabId: string | null, statedName: string]

/**
 * Reads an IAB Content Taxonomy file: two header lines, then tab-separated id, parent id, name and four tier columns.
 *
 * The tree comes from the tier columns, because the parent ids of 3.1 contradict them for two rows (376 and 497).
 * Parents come before their children, which the file does not promise (W3CW2J); siblings keep its order.
 * @throws {Error} naming the line, where a row has no id, no name, or an ancestor that is in no row.
 */
export function readContentTaxonomy(tsv: string): TableRow[] {
  const rows = dataLines(tsv, 2).map(({ cells, line }) => {
    const [id = '', , name = '', ...rest] = cells
    const tiers = rest.slice(0, 4).filter((tier) => tier !== '')
    if (id === '' || name === '' || tiers.length === 0)
      throw new Error(`line ${line}: a row needs an id, a name and a tier`)
    return { id, name, tiers, line }
  })
  const byTiers = new Map(rows.map((row) => [row.tiers.join('\t'), row.id]))
  const table = rows.map(({ id, name, tiers, line }): TableRow => {
    if (tiers.length === 1) return [id, null, name]
    const parent = byTiers.get(tiers.slice(0, -1).join('\t'))
    if (parent === undefined) throw new Error(`line ${line}: no row for ${tiers.slice(0, -1).join(' > ')}`)
    return [id, parent, name]
  })
  const below = (parent: string | null): TableRow[] =>
    table.filter((row) => row[1] === parent).flatMap((row) => [row, ...below(row[0])])
  return below(null)
}

/** Reads IAB's podcast genre mapping: one header line, then genre, id and name, tab-separated. */
export function readGenreMapping(tsv: string): GenreRow[] {
  return dataLines(tsv, 1).map(({ cells: [genre = '', id = '', name = ''], line }) => {
    if (genre === '') throw new Error(`line ${line}: a row needs a genre`)
    return [genre, id === '' ? null : id, name]
  })
}

function dataLines(tsv: string, headers: number): { cells: string[]; line: number }[] {
  return tsv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((text, index) => ({ cells: text.split('\t').map((cell) => cell.trim()), line: index + 1 }))
    .slice(headers)
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
}
