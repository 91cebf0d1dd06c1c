import { understanding } from '../../graphs/understanding.ts'

/** Nodes and arrows of the compiled graph, in the order of the picture. `start` and `end` are no nodes of ours. */
export interface GraphShape {
  nodes: readonly string[]
  start: string
  end: string
  /** `conditional`: taken only where it is needed. */
  edges: readonly { from: string; to: string; conditional: boolean }[]
}

let shape: Promise<GraphShape> | undefined

/** The graph as it is compiled, read once. */
export function graphShape(): Promise<GraphShape> {
  shape ??= readShape()
  return shape
}

async function readShape(): Promise<GraphShape> {
  const drawn = await understanding.getGraphAsync()
  const start = drawn.firstNode()?.id ?? '__start__'
  const end = drawn.lastNode()?.id ?? '__end__'
  return {
    nodes: Object.keys(drawn.nodes).filter((id) => id !== start && id !== end),
    start,
    end,
    edges: drawn.edges.map(({ source, target, conditional }) => ({
      from: source,
      to: target,
      conditional: conditional ?? false,
    })),
  }
}
