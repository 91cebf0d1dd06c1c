import type { GraphShape } from '../../../trace/graph-shape.ts'
import { groupBy } from '../parts/group-by.ts'
import { type Unit, type UnitEdge, unitsOf } from './graph-units.ts'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A picture of the graph. Units are pixels. */
export interface GraphLayout {
  width: number
  height: number
  nodes: ReadonlyMap<string, Box>
  /** Frames around nodes that run at the same time. */
  frames: readonly Box[]
  /** Start and end. */
  dots: readonly { x: number; y: number }[]
  /** For each arrow: all nodes at its ends, and the path of its line. */
  arrows: readonly { from: readonly string[]; to: readonly string[]; conditional: boolean; path: string }[]
}

/** `across`: from left to right, for wide screens; `down`: from top to bottom, two nodes wide, for phones. */
export type Direction = 'across' | 'down'

const SIZES = {
  across: { nodeMain: 104, nodeCross: 42, perRow: 1 },
  down: { nodeMain: 42, nodeCross: 108, perRow: 2 },
} as const
const GAP = 22
const INNER_GAP = 6
const PADDING = 7
const DOT = 7
const LANE = 14
const CORNER = 7

/** A point in the direction of the flow (`main`) and beside it (`cross`). */
interface Point {
  main: number
  cross: number
}
interface Area extends Point {
  mainSize: number
  crossSize: number
}
interface Placed {
  unit: Unit
  area: Area
}

/** Places ranks one after another along the flow. Arrows that skip ranks run beside it, and arrows back run on its other side. */
export function layoutGraph(shape: GraphShape, direction: Direction): GraphLayout {
  const { units, edges } = unitsOf(shape)
  const placed = place(units, edges, shape, direction)
  const byId = new Map(placed.map((each) => [each.unit.id, each]))
  const top = Math.min(...placed.map(({ area }) => area.cross))
  const bottom = Math.max(...placed.map(({ area }) => area.cross + area.crossSize))
  const lanes = { before: 0, after: 0 }
  const routed = edges.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)]
    return from === undefined || to === undefined ? [] : [{ edge, from, to }]
  })
  // Short detours run inside long ones.
  const far = ({ from, to }: (typeof routed)[number]) => Math.abs(to.unit.rank - from.unit.rank)
  const paths = routed
    .sort((a, b) => far(a) - far(b))
    .map(({ edge, from, to }) => {
      const points = edge.back
        ? around(from.area, to.area, bottom + LANE * ++lanes.after)
        : far({ edge, from, to }) > 1
          ? around(from.area, to.area, top - LANE * ++lanes.before)
          : straight(from.area, to.area)
      return { edge, from, to, points }
    })
  const least = top - LANE * lanes.before - 4
  const most = bottom + LANE * lanes.after + 4
  const length = Math.max(...placed.map(({ area }) => area.main + area.mainSize)) + 2
  const at = ({ main, cross }: Point) =>
    direction === 'across' ? { x: main, y: cross - least } : { x: cross - least, y: main }
  const boxOf = (area: Area): Box => {
    const size = { a: area.mainSize, b: area.crossSize }
    return {
      ...at(area),
      width: direction === 'across' ? size.a : size.b,
      height: direction === 'across' ? size.b : size.a,
    }
  }
  const inner = placed.filter(({ unit }) => !isEnd(unit, shape))
  return {
    width: direction === 'across' ? length : most - least,
    height: direction === 'across' ? most - least : length,
    nodes: new Map(inner.flatMap((each) => membersOf(each, direction).map(({ id, area }) => [id, boxOf(area)]))),
    frames: inner.filter(({ unit }) => unit.members.length > 1).map(({ area }) => boxOf(area)),
    dots: placed
      .filter(({ unit }) => isEnd(unit, shape))
      .map(({ area }) => at({ main: area.main + DOT, cross: area.cross + DOT })),
    arrows: paths.map(({ edge, from, to, points }) => ({
      from: from.unit.members,
      to: to.unit.members,
      conditional: edge.conditional,
      path: roundedPath(points.map(at)),
    })),
  }
}

const isEnd = ({ id }: Unit, { start, end }: GraphShape) => id === start || id === end

/** The first unit of a rank is on the middle line. Other units, which lead back, are beside it. */
function place(units: readonly Unit[], edges: readonly UnitEdge[], shape: GraphShape, direction: Direction): Placed[] {
  const leadsOn = ({ id }: Unit) => id === shape.end || edges.some(({ from, back }) => from === id && !back)
  const ranks = [...groupBy(units, ({ rank }) => String(rank)).values()].sort(
    ([a], [b]) => (a?.rank ?? 0) - (b?.rank ?? 0),
  )
  const placed: Placed[] = []
  let main = 2
  for (const rank of ranks) {
    const ordered = [...rank].sort((a, b) => Number(leadsOn(b)) - Number(leadsOn(a)))
    const sizes = ordered.map((unit) => sizeOf(unit, shape, direction))
    const mainSize = Math.max(...sizes.map((size) => size.mainSize))
    let cross = -(sizes[0]?.crossSize ?? 0) / 2
    ordered.forEach((unit, n) => {
      const size = sizes[n] ?? { mainSize: 0, crossSize: 0 }
      placed.push({ unit, area: { main: main + (mainSize - size.mainSize) / 2, cross, ...size } })
      cross += size.crossSize + GAP
    })
    main += mainSize + GAP
  }
  return placed
}

function sizeOf(unit: Unit, shape: GraphShape, direction: Direction): { mainSize: number; crossSize: number } {
  if (isEnd(unit, shape)) return { mainSize: 2 * DOT, crossSize: 2 * DOT }
  const { nodeMain, nodeCross, perRow } = SIZES[direction]
  const n = unit.members.length
  if (n === 1) return { mainSize: nodeMain, crossSize: nodeCross }
  const beside = direction === 'across' ? n : Math.min(n, perRow)
  const along = Math.ceil(n / beside)
  const stacked = (size: number, many: number) => many * (size + INNER_GAP) - INNER_GAP + 2 * PADDING
  return { mainSize: stacked(nodeMain, along), crossSize: stacked(nodeCross, beside) }
}

function membersOf({ unit, area }: Placed, direction: Direction): { id: string; area: Area }[] {
  const { nodeMain, nodeCross, perRow } = SIZES[direction]
  const [alone] = unit.members
  if (alone !== undefined && unit.members.length === 1) return [{ id: alone, area }]
  const beside = direction === 'across' ? unit.members.length : perRow
  return unit.members.map((id, n) => ({
    id,
    area: {
      main: area.main + PADDING + Math.floor(n / beside) * (nodeMain + INNER_GAP),
      cross: area.cross + PADDING + (n % beside) * (nodeCross + INNER_GAP),
      mainSize: nodeMain,
      crossSize: nodeCross,
    },
  }))
}

const middle = ({ cross, crossSize }: Area) => cross + crossSize / 2

/** From the end of one area to the start of the next, with a step in between if they are not in line. */
function straight(from: Area, to: Area): Point[] {
  const [start, end] = [from.main + from.mainSize, to.main]
  const half = (start + end) / 2
  return [
    { main: start, cross: middle(from) },
    { main: half, cross: middle(from) },
    { main: half, cross: middle(to) },
    { main: end, cross: middle(to) },
  ]
}

/** Out of the side of one area, along a lane, into the side of the other. */
function around(from: Area, to: Area, lane: number): Point[] {
  const above = lane < Math.min(from.cross, to.cross)
  const side = (area: Area) => (above ? area.cross : area.cross + area.crossSize)
  const [out, into] = [from.main + from.mainSize / 2, to.main + to.mainSize / 2]
  return [
    { main: out, cross: side(from) },
    { main: out, cross: lane },
    { main: into, cross: lane },
    { main: into, cross: side(to) },
  ]
}

/** A path of straight lines with rounded corners. */
function roundedPath(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const commands = rest.map((point, n) => {
    const [before, after] = [points[n] ?? point, points[n + 2]]
    if (after === undefined) return `L${round(point)}`
    const [back, on] = [towards(point, before), towards(point, after)]
    return `L${round(back)}Q${round(point)} ${round(on)}`
  })
  return `M${round(first)}${commands.join('')}`
}

const round = ({ x, y }: { x: number; y: number }) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`

function towards(from: { x: number; y: number }, to: { x: number; y: number }): { x: number; y: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  if (length === 0) return from
  const part = Math.min(CORNER, length / 2) / length
  return { x: from.x + dx * part, y: from.y + dy * part }
}
