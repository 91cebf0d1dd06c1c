import { UnknownNode } from './taxonomy-errors.ts'
import type { TableRow, TaxonomyId } from './taxonomy-tables.ts'

export interface TaxonomyNode {
  taxonomy: TaxonomyId
  id: string
  name: string
  /** The parent's id; null at a root. */
  parent: string | null
  /** Names from the root to this node. */
  path: string[]
  /** 1 at a root. */
  tier: number
  /** OpenRTB's number for the taxonomy, if it has one. */
  cattax?: number
}

/** A taxonomy as a forest, with look-up by id, exact name, children and path. */
export interface TaxonomyTree {
  readonly id: TaxonomyId
  /** All nodes in the order of the published table, parents before children. */
  readonly nodes: readonly TaxonomyNode[]
  get(id: string): TaxonomyNode | undefined
  /** Looks up by exact name; case, diacritics and outer white space do not matter. Among equal names the topmost wins, then the first. */
  byName(name: string): TaxonomyNode | undefined
  /** The children of a node, or the roots for null. @throws {UnknownNode} */
  children(id: string | null): readonly TaxonomyNode[]
  /** The nodes from the root to this one. @throws {UnknownNode} */
  path(id: string): readonly TaxonomyNode[]
}

/**
 * Builds the tree from rows in which parents come before their children.
 * @throws {Error} with the row, for an id that occurs twice or a parent that does not come before the row.
 */
export function buildTree(taxonomy: TaxonomyId, rows: readonly TableRow[], cattax?: number): TaxonomyTree {
  const byId = new Map<string, TaxonomyNode>()
  const byFoldedName = new Map<string, TaxonomyNode>()
  const children = new Map<string | null, TaxonomyNode[]>([[null, []]])
  for (const [id, parent, name] of rows) {
    if (byId.has(id)) throw new Error(`${taxonomy}: the id ${id} occurs twice`)
    const above = parent === null ? undefined : byId.get(parent)
    if (parent !== null && above === undefined)
      throw new Error(`${taxonomy}: no row before ${id} has its parent ${parent}`)
    const node: TaxonomyNode = {
      taxonomy,
      id,
      name,
      parent,
      path: [...(above?.path ?? []), name],
      tier: (above?.tier ?? 0) + 1,
      ...(cattax === undefined ? {} : { cattax }),
    }
    byId.set(id, node)
    children.set(id, [])
    children.get(parent)?.push(node)
    const key = foldName(name)
    const rival = byFoldedName.get(key)
    if (rival === undefined || node.tier < rival.tier) byFoldedName.set(key, node)
  }
  const known = (id: string): TaxonomyNode => {
    const node = byId.get(id)
    if (node === undefined) throw new UnknownNode(taxonomy, id)
    return node
  }
  return {
    id: taxonomy,
    nodes: [...byId.values()],
    get: (id) => byId.get(id),
    byName: (name) => byFoldedName.get(foldName(name)),
    children(id) {
      const found = children.get(id)
      if (found === undefined) throw new UnknownNode(taxonomy, id ?? 'null')
      return found
    },
    path(id) {
      const nodes: TaxonomyNode[] = []
      for (
        let node: TaxonomyNode | undefined = known(id);
        node;
        node = node.parent === null ? undefined : known(node.parent)
      ) {
        nodes.unshift(node)
      }
      return nodes
    },
  }
}

/** The form of a name for comparison: case, diacritics, and the kind and amount of white space do not matter. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
}
