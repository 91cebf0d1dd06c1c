import type { IsAtOrDownstream } from '../ledger/policies.ts'
import type { GraphShape } from './graph-shape.ts'

/**
 * Which steps come after a step, by the arrows of the graph. An arrow that leads nearer to the start begins another visit. Within one
 * visit, only the other arrows are followed. For a later visit, all are.
 */
export function downstreamOf({ edges, start }: GraphShape): IsAtOrDownstream {
  const depth = depths(edges, start)
  const isBack = ({ from, to }: Edge) => (depth.get(to) ?? 0) < (depth.get(from) ?? 0)
  const onward = remembering((node) => reachable(edges, node, (edge) => !isBack(edge)))
  const anyhow = remembering((node) => reachable(edges, node, () => true))
  return (call, at) => {
    if (call.visit < at.visit) return false
    if (call.visit > at.visit) return anyhow(at.node).has(call.node)
    return call.node === at.node || onward(at.node).has(call.node)
  }
}

type Edge = GraphShape['edges'][number]

/** How many arrows lead from the start to each node, by the shortest way. */
function depths(edges: readonly Edge[], start: string): Map<string, number> {
  const depth = new Map([[start, 0]])
  // A map visits entries that are added during the iteration, so it serves as a queue.
  for (const [node, steps] of depth)
    for (const { from, to } of edges) if (from === node && !depth.has(to)) depth.set(to, steps + 1)
  return depth
}

/** The nodes that arrows from a node lead to. The node itself is among them only if they lead back to it. */
function reachable(edges: readonly Edge[], node: string, follow: (edge: Edge) => boolean): Set<string> {
  const found = new Set<string>()
  const next = (from: string) => {
    for (const edge of edges) if (edge.from === from && follow(edge)) found.add(edge.to)
  }
  next(node)
  for (const each of found) next(each)
  return found
}

function remembering<Value>(of: (node: string) => Value): (node: string) => Value {
  const known = new Map<string, Value>()
  return (node) => {
    const value = known.get(node) ?? of(node)
    known.set(node, value)
    return value
  }
}
