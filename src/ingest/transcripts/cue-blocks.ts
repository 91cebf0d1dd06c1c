import { parseClock } from './clock-times.ts'

// We do not use the package `subtitle`. It throws on STYLE and REGION blocks, on textual cue ids and on the first bad line, and
// it treats NOTE inside a cue's text as a comment. Publishers' files have all of these.

const CLOCK = String.raw`(?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?`
/** An arrow with a missing or changed dash still counts as an arrow between two times. */
const ARROW = '(?:-->|[-–—=]{1,3} ?>|→)'
const TIMING = new RegExp(String.raw`^\s*(${CLOCK})\s*(${ARROW})\s*(${CLOCK})(?:\s|$)`)
/** A cue in the form that recognisers print, with its words on the same line: `[00:00:01.000 --> 00:00:04.000]  Hello`. */
const PRINTED = new RegExp(String.raw`^\s*\[(${CLOCK})\s*(${ARROW})\s*(${CLOCK})\]\s*(.*)$`)
const ARROW_BEHIND_TIME = new RegExp(String.raw`^\s*\[?${CLOCK}\s*-->`)
const COMMA_TIME = new RegExp(String.raw`^[ \t]*\[?(?:\d+:)?\d{1,2}:\d{1,2},\d{1,3}[ \t]*${ARROW}`, 'm')
const COMMENT = /^(?:NOTE|STYLE|REGION)(?:\s|$)/
/** A cue with more lines would not fit on a screen. */
const LINES_OF_A_CUE = 4

interface Timing {
  startMs: number | null
  endMs: number | null
  arrow: string
  /** The words on the same line. */
  words: string
}

/** The times in a line that begins a cue; null for any other line. */
function timingOf(line: string): Timing | null {
  const match = TIMING.exec(line) ?? PRINTED.exec(line)
  if (match === null) return null
  const [, start = '', arrow = '', end = '', words = ''] = match
  return { startMs: parseClock(start), endMs: parseClock(end), arrow, words }
}

/**
 * Whether a text without a header is a subtitle file: most of its lines belong to cues. A single line with an arrow is not enough,
 * because a transcript may quote a time.
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
      // Each cue covers the number line of the next cue. Only the number of the first cue is not covered.
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

/** Whether the times of a subtitle file have a comma before the fraction: SRT has one, WebVTT does not. */
export function hasCommaTimes(text: string): boolean {
  return COMMA_TIME.test(text)
}

/** A cue of WebVTT or SRT as written in the file: its times, and its lines with their markup. */
export interface Cue {
  startMs: number | null
  endMs: number | null
  lines: string[]
}

interface Blocks {
  cues: Cue[]
  /** The number of cues with unreadable times, and of cues that were read although their arrow is broken. */
  broken: number
  mended: number
  language: string | undefined
}

/** Cuts a WebVTT or SRT file into cues. A comment hides its whole block, even a cue whose times follow `NOTE`. */
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
      if (!timing?.words) dropIdentifier(cue, lines[at - 1])
      cue = {
        startMs: timing?.startMs ?? null,
        endMs: timing?.endMs ?? null,
        lines: timing?.words ? [timing.words] : [],
      }
      if (cue.startMs === null) broken++
      else if (timing?.arrow !== '-->') mended++
      cues.push(cue)
      skipping = false
    } else if (blank) {
      // Real SRT files have blank lines inside cues. The next line is the number of the next cue or more text.
      skipping = false
    } else if (skipping) {
      language ??= /^Language:\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*$/.exec(line)?.[1]
    } else if (cue !== null) {
      cue.lines.push(line)
    }
  }
  return { cues, broken, mended, language }
}

/** The line before a timing line is the cue's number or id. Until now it was part of the previous cue's text. */
function dropIdentifier(before: Cue | null, line: string | undefined): void {
  if (before === null || line === undefined || line.trim() === '') return
  if (before.lines.at(-1) === line) before.lines.pop()
}
