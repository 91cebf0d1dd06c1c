import { describe, expect, it } from 'vitest'
import { AGENT_NAMES } from '../../../graphs/agents/registry.ts'
import { type Box, layoutGraph } from '../../../src/http/pages/run/graph-layout.ts'
import { unitsOf } from '../../../src/http/pages/run/graph-units.ts'
import { type GraphShape, graphShape } from '../../../src/trace/graph-shape.ts'

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('the picture of the graph', () => {
  it('shows the graph that runs: all its nodes, the agents as one, and revise as a way back', async () => {
    const shape = await graphShape()
    const { units, edges } = unitsOf(shape)
    expect(units.find(({ members }) => members.length > 1)?.members).toEqual(AGENT_NAMES)
    expect(edges.filter(({ back }) => back).map(({ from, to }) => `${from} ${to}`)).toEqual(['revise topics'])
    expect(edges.find(({ from, to }) => from === 'intake' && to === shape.end)?.conditional).toBe(true)
    expect(edges.find(({ from, to }) => from === 'assemble' && to === 'verify')?.conditional).toBe(false)
  })

  it.each(['across', 'down'] as const)('%s: no node lies on another, and all lie in the picture', async (direction) => {
    const shape = await graphShape()
    const { nodes, width, height } = layoutGraph(shape, direction)
    expect([...nodes.keys()].sort()).toEqual([...shape.nodes].sort())
    const boxes = [...nodes.values()]
    boxes.forEach((box, n) => {
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.y).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(width)
      expect(box.y + box.height).toBeLessThanOrEqual(height)
      for (const other of boxes.slice(n + 1)) expect(overlap(box, other)).toBe(false)
    })
  })

  it('fits on a phone from top to bottom, in the size in which it is drawn', async () => {
    expect(layoutGraph(await graphShape(), 'down').width).toBeLessThanOrEqual(358)
  })

  it('ends also for graphs with circles in circles, and with parts that nothing leads to', () => {
    const edge = (from: string, to: string) => ({ from, to, conditional: false })
    const shape: GraphShape = {
      nodes: ['a', 'b', 'c', 'alone'],
      start: 's',
      end: 'e',
      edges: [
        edge('s', 'a'),
        edge('a', 'b'),
        edge('b', 'a'),
        edge('b', 'c'),
        edge('c', 'a'),
        edge('c', 'c'),
        edge('c', 'e'),
      ],
    }
    const { edges } = unitsOf(shape)
    expect(edges.filter(({ back }) => back).map(({ from, to }) => `${from}${to}`)).toEqual(['ba', 'ca', 'cc'])
    expect(layoutGraph(shape, 'across').nodes.size).toBe(4)
  })
})
