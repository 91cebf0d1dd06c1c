import type { Piece, SpeechPiece } from './transcript-pieces.ts'

type Timed = SpeechPiece & { startMs: number }

/** Positions of a longest non-decreasing subsequence (patience sorting, O(n log n)). */
function longestRun(values: readonly number[]): Set<number> {
  const tails: number[] = []
  const before: (number | undefined)[] = []
  for (const [at, value] of values.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((values[tails[middle] ?? 0] ?? 0) <= value) low = middle + 1
      else high = middle
    }
    before[at] = low > 0 ? tails[low - 1] : undefined
    tails[low] = at
  }
  const run = new Set<number>()
  for (let at = tails.at(-1); at !== undefined; at = before[at]) run.add(at)
  return run
}

/** Whether an out-of-order cue fits between the ordered cues. A swapped cue does; a cue of a wrong or restarted clock does not. */
function fitsBetween(cue: Timed, inOrder: readonly Timed[]): boolean {
  let low = 0
  let high = inOrder.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((inOrder[middle]?.startMs ?? 0) < cue.startMs) low = middle + 1
    else high = middle
  }
  const before = inOrder[low - 1]
  const after = inOrder[low]
  const end = cue.endMs ?? cue.startMs
  return (before?.endMs ?? 0) <= cue.startMs + 200 && end <= (after?.startMs ?? Number.POSITIVE_INFINITY) + 200
}

const isTimed = (piece: Piece): piece is Timed => piece.kind === 'speech' && piece.startMs !== null
const counted = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n} ${many}`)

/**
 * Makes the times of pieces reliable: inside 0..duration, never backwards, never overlapping. Unreliable times become null.
 * Cues that are merely out of order are sorted if the format has a timeline of its own.
 */
export function repairTimes(
  pieces: readonly Piece[],
  options: { durationMs: number | undefined; sortable: boolean },
): { pieces: Piece[]; warnings: string[] } {
  const warnings: string[] = []
  const bounded = pieces.map((piece) => ({ ...piece }))
  dropPastDuration(bounded, options.durationMs, warnings)
  const ordered = putInOrder(bounded, options.sortable, warnings)
  closeEnds(ordered, options.durationMs)
  return { pieces: ordered, warnings }
}

function dropPastDuration(pieces: Piece[], durationMs: number | undefined, warnings: string[]): void {
  const limit = durationMs ?? Number.MAX_SAFE_INTEGER
  let dropped = 0
  for (const piece of pieces) {
    if (piece.startMs !== null && !(piece.startMs >= 0 && piece.startMs <= limit)) {
      piece.startMs = null
      dropped++
    }
    if (piece.kind === 'heading') continue
    if (piece.startMs === null) piece.endMs = null
    else if (piece.endMs !== null) {
      // If a cue ends a moment after the recording, rounding is the cause; it then ends with the recording.
      piece.endMs = piece.endMs < piece.startMs ? null : Math.min(piece.endMs, limit)
    }
  }
  if (dropped > 0) {
    warnings.push(
      `${counted(dropped, 'time lies', 'times lie')} past the duration of ${limit} ms and ${dropped === 1 ? 'was' : 'were'} dropped.`,
    )
  }
}

function putInOrder(pieces: Piece[], sortable: boolean, warnings: string[]): Piece[] {
  const timed = pieces.filter(isTimed)
  const run = longestRun(timed.map((piece) => piece.startMs))
  if (run.size === timed.length) return pieces
  const inOrder = timed.filter((_, at) => run.has(at))
  const stray = timed.filter((_, at) => !run.has(at))
  const count = counted(stray.length, 'cue', 'cues')
  if (sortable && stray.every((cue) => fitsBetween(cue, inOrder))) {
    warnings.push(`${count} stood out of order and ${stray.length === 1 ? 'was' : 'were'} put in order.`)
    return sortedByTime(pieces)
  }
  warnings.push(`${count} ran backwards in time; ${stray.length === 1 ? 'its time was' : 'their times were'} dropped.`)
  const dropped = new Set<Piece>(stray)
  for (const piece of pieces) {
    if (!dropped.has(piece)) continue
    piece.startMs = null
    if (piece.kind === 'speech') piece.endMs = null
  }
  return pieces
}

/** A piece without a time, such as the second voice of a cue, stays behind the piece that it follows. */
function sortedByTime(pieces: readonly Piece[]): Piece[] {
  const stretches: { startMs: number; members: Piece[] }[] = []
  for (const piece of pieces) {
    if (isTimed(piece) || stretches.length === 0)
      stretches.push({ startMs: piece.startMs ?? Number.NEGATIVE_INFINITY, members: [] })
    stretches.at(-1)?.members.push(piece)
  }
  return stretches.sort((a, b) => a.startMs - b.startMs).flatMap(({ members }) => members)
}

/** A piece without an end lasts until the next begins; one that overlaps the next ends where the next begins. */
function closeEnds(pieces: Piece[], durationMs: number | undefined): void {
  const speech = pieces.filter((piece) => piece.kind === 'speech')
  for (const [at, piece] of speech.entries()) {
    if (piece.startMs === null) continue
    const next = at + 1 < speech.length ? speech[at + 1]?.startMs : (durationMs ?? null)
    if (next === null || next === undefined) continue
    piece.endMs = piece.endMs === null ? next : Math.min(piece.endMs, next)
  }
  // A piece whose neighbour has no time may still extend past the next known time.
  let known = Number.POSITIVE_INFINITY
  for (const piece of speech.reverse()) {
    if (piece.endMs !== null) piece.endMs = Math.min(piece.endMs, known)
    if (piece.startMs !== null) known = piece.startMs
  }
  nameHeadingTimes(pieces)
}

/** A heading without a time gets the time of the speech that follows it. */
function nameHeadingTimes(pieces: Piece[]): void {
  let waiting: Extract<Piece, { kind: 'heading' }>[] = []
  for (const piece of pieces) {
    if (piece.kind === 'heading') {
      if (piece.startMs === null) waiting.push(piece)
    } else {
      for (const heading of waiting) heading.startMs = piece.startMs
      waiting = []
    }
  }
}
