import type { GraphShape } from '../../../trace/graph-shape.ts'
import { groupBy } from '../parts/group-by.ts'
import { stepPage } from '../parts/page-paths.ts'
import { durationText } from '../parts/page-words.ts'
import { type Box, type Direction, layoutGraph } from './graph-layout.ts'
import type { RunView, StepLine } from './view.ts'

/** The graph with what this run visited: how often, how long, and where it failed. There are two pictures, and the stylesheet shows one. */
export function GraphPicture({ shape, run }: { shape: GraphShape; run: RunView }) {
  return (
    <div class="graph">
      <Picture shape={shape} run={run} direction="across" />
      <Picture shape={shape} run={run} direction="down" />
    </div>
  )
}

function Picture({ shape, run, direction }: { shape: GraphShape; run: RunView; direction: Direction }) {
  const { width, height, nodes, frames, dots, arrows } = layoutGraph(shape, direction)
  const visits = groupBy(run.steps, ({ node }) => node)
  const taken = takenArrows(run, shape)
  const arrow = `arrow-${direction}`
  return (
    <svg class={direction} viewBox={`0 0 ${Math.ceil(width)} ${Math.ceil(height)}`} width={Math.ceil(width)}>
      <title>The graph, and what this run visited</title>
      <defs>
        <marker id={arrow} viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 .8 8 4 0 7.2z" class="head" />
        </marker>
      </defs>
      {frames.map((box) => (
        <Rect box={box} class="frame" radius={9} />
      ))}
      {arrows.map(({ from, to, conditional, path }) => {
        const was = from.some((a) => to.some((b) => taken.has(`${a} ${b}`)))
        return (
          <path
            d={path}
            class={`edge${conditional ? ' conditional' : ''}${was ? ' taken' : ''}`}
            marker-end={`url(#${arrow})`}
          />
        )
      })}
      {dots.map(({ x, y }) => (
        <circle cx={x} cy={y} r="6" class="dot" />
      ))}
      {[...nodes].map(([node, box]) => (
        <Node node={node} box={box} steps={visits.get(node) ?? []} run={run.id} />
      ))}
    </svg>
  )
}

function Rect({ box, class: name, radius }: { box: Box; class: string; radius: number }) {
  return <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={radius} class={name} />
}

function Node({ node, box, steps, run }: { node: string; box: Box; steps: readonly StepLine[]; run: string }) {
  const last = steps.at(-1)
  const middle = box.x + box.width / 2
  if (last === undefined)
    return (
      <g class="node unvisited">
        <Rect box={box} class="box" radius={6} />
        <text x={middle} y={box.y + box.height / 2 + 4}>
          {node}
        </text>
      </g>
    )
  const state = steps.some((step) => step.state === 'failed') ? 'failed' : last.state
  const times = steps.length > 1 ? ` ×${steps.length}` : ''
  return (
    <a href={stepPage(run, last.name)} class={`node ${state}`}>
      <Rect box={box} class="box" radius={6} />
      <text x={middle} y={box.y + 18}>
        {node}
        {times}
      </text>
      <text x={middle} y={box.y + 33} class="small">
        {factsOf(steps, state)}
      </text>
    </a>
  )
}

function factsOf(steps: readonly StepLine[], state: StepLine['state']): string {
  const ms = steps.reduce((sum, step) => sum + step.ms, 0)
  switch (state) {
    case 'failed':
      return `✗ failed, ${durationText(ms)}`
    case 'abstained':
      return `abstained, ${durationText(ms)}`
    case 'open':
      return 'under way'
    case 'done':
      return durationText(ms)
  }
}

/** An arrow was taken if its nodes ran in consecutive supersteps. The nodes of the last superstep led to the end. */
function takenArrows({ steps, live }: RunView, { start, end }: GraphShape): Set<string> {
  const at = groupBy(
    steps.filter(({ superstep }) => superstep !== null),
    ({ superstep }) => String(superstep),
  )
  const taken = new Set<string>()
  for (const [superstep, here] of at) {
    const next = at.get(String(Number(superstep) + 1)) ?? []
    for (const { node } of here) for (const after of next) taken.add(`${node} ${after.node}`)
  }
  const order = steps.flatMap(({ superstep }) => superstep ?? [])
  for (const { node, superstep, state } of steps) {
    if (superstep === Math.min(...order)) taken.add(`${start} ${node}`)
    if (!live && superstep === Math.max(...order) && state !== 'failed') taken.add(`${node} ${end}`)
  }
  return taken
}
