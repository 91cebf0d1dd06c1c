import type { GraphShape } from '../../../trace/graph-shape.ts'
import { groupBy } from '../parts/group-by.ts'

/** What is drawn as one: a node, or several nodes with the same predecessors and the same successors. */
export interface Unit {
  id: string
  members: readonly string[]
  /** The largest number of arrows from the start. Arrows back are not counted. */
  rank: number
}

export interface UnitEdge {
  from: string
  to: string
  conditional: boolean
  /** True if it leads back to an earlier unit: a loop. */
  back: boolean
}

/** The graph with parallel nodes as one unit. A unit's rank is the longest way from the start. */
export function unitsOf(shape: GraphShape): { units: Unit[]; edges: UnitEdge[] } {
  const { edges } = shape
  const names = [shape.start, ...shape.nodes, shape.end]
  const joined = (nodes: string[]) => nodes.sort().join(' ')
  const around = (node: string) =>
    [
      joined(edges.filter(({ to }) => to === node).map(({ from }) => from)),
      joined(edges.filter(({ from }) => from === node).map(({ to }) => to)),
    ].join(' > ')
  const groups = [...groupBy(names, around).values()]
  const unitOf = new Map(groups.flatMap((members) => members.map((member) => [member, members[0] ?? member])))
  const pairs = groupBy(edges, ({ from, to }) => `${unitOf.get(from)} ${unitOf.get(to)}`)
  const arrows = [...pairs.values()].flatMap((same) => {
    const [from, to] = [unitOf.get(same[0]?.from ?? ''), unitOf.get(same[0]?.to ?? '')]
    const conditional = same.every((edge) => edge.conditional)
    return from === undefined || to === undefined ? [] : [{ from, to, conditional }]
  })
  const back = backArrows(shape.start, arrows)
  const drawn = arrows.map((arrow) => ({ ...arrow, back: back.has(arrow) }))
  const ranks = ranksOf(shape.start, drawn)
  const units = groups.map((members) => {
    const id = members[0] ?? ''
    return { id, members, rank: ranks.get(id) ?? 0 }
  })
  return { units, edges: drawn }
}

/** Arrows to nodes that are still being explored. Without these arrows the graph has no circles. */
function backArrows<Arrow extends { from: string; to: string }>(start: string, arrows: readonly Arrow[]): Set<Arrow> {
  const found = new Set<Arrow>()
  const open = new Set<string>()
  const done = new Set<string>()
  const visit = (unit: string) => {
    open.add(unit)
    for (const arrow of arrows) {
      if (arrow.from !== unit) continue
      if (open.has(arrow.to)) found.add(arrow)
      else if (!done.has(arrow.to)) visit(arrow.to)
    }
    open.delete(unit)
    done.add(unit)
  }
  visit(start)
  return found
}

function ranksOf(start: string, edges: readonly UnitEdge[]): Map<string, number> {
  const ranks = new Map([[start, 0]])
  const forward = edges.filter(({ back }) => !back)
  // Each round settles at least one more rank.
  for (let changed = true; changed; ) {
    changed = false
    for (const { from, to } of forward) {
      const rank = (ranks.get(from) ?? Number.NEGATIVE_INFINITY) + 1
      if (rank > (ranks.get(to) ?? Number.NEGATIVE_INFINITY)) {
        ranks.set(to, rank)
        changed = true
      }
    }
  }
  return ranks
}
