import type { Cue } from './cue-blocks.ts'
import { readCueText } from './cue-text.ts'

/** Too short for a viewer to read: generated captions hold the finished line for 10 ms before it rolls up. */
const STILL_MS = 50
/** No screen shows more lines at a time, so text that longer cues share with their neighbours is not rolling. */
const MOST_LINES = 12

interface Line {
  raw: string
  /** The visible text of the line: a line with karaoke times equals the same line without them. */
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

/** The number of lines at the start of a cue that repeat the end of the previous cue; at most `most`, and at most a screenful. */
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
 * Removes the repetition of live and generated captions, which roll: each cue repeats lines of the one before and adds one. This
 * happens only if many cues do it, so that a refrain stays. A very short cue that repeats visible text is not repeated speech.
 */
export function unroll(cues: readonly Cue[]): Cue[] {
  const read = cues.map((cue) => ({ cue, lines: linesOf(cue) }))
  const shown = read.map(({ cue, lines }, at) => {
    const before = read[at - 1]?.lines ?? []
    // A speaker may say a line twice in a row: if a cue can be read as adding a line, it adds one.
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
