import type { Cue } from './cue-blocks.ts'
import { readCueText } from './cue-text.ts'

/** Nobody reads a cue as short as this: generated captions hold the finished line still for 10 ms before it rolls up. */
const STILL_MS = 50
/** No screen shows more lines at a time: what longer cues have in common with their neighbours does not roll. */
const MOST_LINES = 12

interface Line {
  raw: string
  /** What is seen of it: a line with karaoke times and the same line without them are one line. */
  seen: string
}

function linesOf(cue: Cue): Line[] {
  return cue.lines.flatMap((raw) => {
    const seen = readCueText(raw)
      .map(({ text }) => text)
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim()
    return seen === '' ? [] : [{ raw, seen }]
  })
}

/** How many lines at the start of a cue are the last lines of the cue before; at most `most`, and as many as a screen shows. */
function repeated(lines: readonly Line[], before: readonly Line[], most: number): number {
  for (let count = Math.min(most, before.length, MOST_LINES); count > 0; count--) {
    const last = before.slice(-count)
    if (last.every(({ seen }, at) => seen === lines[at]?.seen)) return count
  }
  return 0
}

function isStill({ startMs, endMs }: Cue): boolean {
  return startMs !== null && endMs !== null && endMs >= startMs && endMs - startMs <= STILL_MS
}

/**
 * Live and generated captions roll: each cue repeats lines of the one before and adds one. Undone only where many cues do it,
 * so that a refrain stays; a cue that repeats what is seen already and is gone at once is nothing that was said again.
 */
export function unroll(cues: readonly Cue[]): Cue[] {
  const read = cues.map((cue) => ({ cue, lines: linesOf(cue) }))
  const shown = read.map(({ cue, lines }, at) => {
    const before = read[at - 1]?.lines ?? []
    // A line may be said twice, one under the other: a cue adds something wherever it can be read so.
    const adding = repeated(lines, before, lines.length - 1)
    const whole = lines.length > 0 && repeated(lines, before, lines.length) === lines.length
    return { cue, lines, adding, whole, still: whole && isStill(cue) }
  })
  const lasting = shown.filter(({ still }) => !still)
  const rolling = lasting.filter(({ adding }) => adding > 0).length >= lasting.length * 0.3
  return lasting.flatMap(({ cue, lines, adding, whole }) => {
    if (!rolling || (adding === 0 && !whole)) return [cue]
    return adding === 0 ? [] : [{ ...cue, lines: lines.slice(adding).map(({ raw }) => raw) }]
  })
}
