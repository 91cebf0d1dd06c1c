import type { IsAtOrDownstream } from '../ledger/policies.ts'
import type { GraphShape } from './graph-shape.ts'

/**
 * Which steps come after a step, from the arrows of the graph. An arrow that leads nearer to the start begins another visit:
 * within one visit only the others are followed, for a later visit all are.
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

/** Arrows from the start to each node, by the shortest way. */
function depths(edges: readonly Edge[], start: string): Map<string, number> {
  const depth = new Map([[start, 0]])
  // A map gives what is added while it is gone through: this is a queue.
  for (const [node, steps] of depth)
    for (const { from, to } of edges) if (from === node && !depth.has(to)) depth.set(to, steps + 1)
  return depth
}

/** Nodes that arrows lead to from a node; the node itself only where they lead back to it. */
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
