import { understanding } from '../../graphs/understanding.ts'

/** The nodes and arrows of the compiled graph, in the graph's own order. `start` and `end` are not nodes of the product. */
export interface GraphShape {
  nodes: readonly string[]
  start: string
  end: string
  /** `conditional`: it is taken only if it is needed. */
  edges: readonly { from: string; to: string; conditional: boolean }[]
}

let shape: Promise<GraphShape> | undefined

/** The compiled graph, read once. */
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
