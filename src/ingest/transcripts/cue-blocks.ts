import { parseClock } from './clock-times.ts'

// The package `subtitle` reads well-formed files, but it throws on STYLE and REGION blocks, on textual cue ids and on the
// first bad line, and takes NOTE inside a cue's text for a comment; publishers' files have all of these.

const CLOCK = String.raw`(?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?`
/** An arrow that lost or changed a dash is meant as one where it stands between two times. */
const ARROW = '(?:-->|[-–—=]{1,3} ?>|→)'
const TIMING = new RegExp(String.raw`^\s*(${CLOCK})\s*(${ARROW})\s*(${CLOCK})(?:\s|$)`)
/** A cue as recognisers print it, with its words in the same line: `[00:00:01.000 --> 00:00:04.000]  Hello`. */
const PRINTED = new RegExp(String.raw`^\s*\[(${CLOCK})\s*(${ARROW})\s*(${CLOCK})\]\s*(.*)$`)
const ARROW_BEHIND_TIME = new RegExp(String.raw`^\s*\[?${CLOCK}\s*-->`)
const COMMA_TIME = new RegExp(String.raw`^[ \t]*\[?(?:\d+:)?\d{1,2}:\d{1,2},\d{1,3}[ \t]*${ARROW}`, 'm')
const COMMENT = /^(?:NOTE|STYLE|REGION)(?:\s|$)/
/** Cues of more lines would not fit on a screen. */
const LINES_OF_A_CUE = 4

interface Timing {
  startMs: number | null
  endMs: number | null
  arrow: string
  /** What is said in the same line. */
  said: string
}

/** The times of a line that begins a cue; null where it is none. */
function timingOf(line: string): Timing | null {
  const match = TIMING.exec(line) ?? PRINTED.exec(line)
  if (match === null) return null
  const [, start = '', arrow = '', end = '', said = ''] = match
  return { startMs: parseClock(start), endMs: parseClock(end), arrow, said }
}

/**
 * Whether a text is a subtitle file, though it does not say so: most of its lines are cues. One line with an arrow in it, as in a
 * transcript that quotes a time, makes none.
 */
export function looksLikeCues(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  let readable = 0
  let broken = 0
  let first = lines.length
  let covered = 0
  let below = 0
  for (const [at, line] of lines.entries()) {
    const timed = timingOf(line) !== null
    if (timed || ARROW_BEHIND_TIME.test(line)) {
      first = Math.min(first, at)
      if (timed) readable++
      else broken++
      // The number of a cue is covered by the cue before, but for that of the first.
      covered++
      below = LINES_OF_A_CUE
    } else if (below > 0) {
      below--
      covered++
    }
  }
  if (readable === 0 || broken > readable) return false
  return covered + Math.min(first, 1) > lines.length / 2 && (readable > 1 || first <= 1)
}

/** Whether times of a subtitle file have a comma before their fraction, as SRT has and WebVTT has not. */
export function hasCommaTimes(text: string): boolean {
  return COMMA_TIME.test(text)
}

/** A cue of WebVTT or SRT as it stands in the file: its times, and its lines with their markup. */
export interface Cue {
  startMs: number | null
  endMs: number | null
  lines: string[]
}

interface Blocks {
  cues: Cue[]
  /** Cues whose time cannot be read, and those that could be read though their arrow is broken. */
  broken: number
  mended: number
  language: string | undefined
}

/** Cuts a WebVTT or SRT file into cues. A comment hides its whole block, also a cue whose times stand behind `NOTE`. */
export function readBlocks(text: string): Blocks {
  const lines = text.split('\n')
  const cues: Cue[] = []
  let broken = 0
  let mended = 0
  let language: string | undefined
  let skipping = /^WEBVTT(?:\s|$)/.test(lines[0] ?? '')
  let cue: Cue | null = null
  for (const [at, line] of lines.entries()) {
    const blank = line.trim() === ''
    const timing = timingOf(line)
    if ((lines[at - 1] ?? '').trim() === '' && COMMENT.test(line)) {
      skipping = true
      cue = null
    } else if (timing !== null || line.includes('-->')) {
      if (!timing?.said) dropIdentifier(cue, lines[at - 1])
      cue = { startMs: timing?.startMs ?? null, endMs: timing?.endMs ?? null, lines: timing?.said ? [timing.said] : [] }
      if (cue.startMs === null) broken++
      else if (timing?.arrow !== '-->') mended++
      cues.push(cue)
      skipping = false
    } else if (blank) {
      // SRT files in the wild have blank lines inside cues; what follows is the next cue's number or more text.
      skipping = false
    } else if (skipping) {
      language ??= /^Language:\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*$/.exec(line)?.[1]
    } else if (cue !== null) {
      cue.lines.push(line)
    }
  }
  return { cues, broken, mended, language }
}

/** The line before a timing line is the cue's number or id, read as the text of the cue before until now. */
function dropIdentifier(before: Cue | null, line: string | undefined): void {
  if (before === null || line === undefined || line.trim() === '') return
  if (before.lines.at(-1) === line) before.lines.pop()
}
