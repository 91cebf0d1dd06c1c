import { parseClock } from './clock.ts'

// The package `subtitle` reads well-formed files, but it throws on STYLE and REGION blocks, on textual cue ids and on the
// first bad line, and takes NOTE inside a cue's text for a comment; publishers' files have all of these.

const TIMING =
  /^\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*-->\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)(?:\s|$)/
/** At least one line that a subtitle file would have, anywhere. */
export const HAS_CUES = /^[ \t]*(?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?[ \t]*-->/m

/** A cue of WebVTT or SRT as it stands in the file: its times, and its lines with their markup. */
export interface Cue {
  startMs: number | null
  endMs: number | null
  lines: string[]
}

interface Blocks {
  cues: Cue[]
  broken: number
  language: string | undefined
}

/** Cuts a WebVTT or SRT file into cues; `broken` counts those whose time cannot be read. */
export function readBlocks(text: string): Blocks {
  const lines = text.split('\n')
  const cues: Cue[] = []
  let broken = 0
  let language: string | undefined
  let skipping = /^WEBVTT(?:\s|$)/.test(lines[0] ?? '')
  let cue: Cue | null = null
  for (const [at, line] of lines.entries()) {
    const blank = line.trim() === ''
    if (line.includes('-->')) {
      const timing = TIMING.exec(line)
      dropIdentifier(cue, lines[at - 1])
      cue = { startMs: parseClock(timing?.[1] ?? ''), endMs: parseClock(timing?.[2] ?? ''), lines: [] }
      if (cue.startMs === null) broken++
      cues.push(cue)
      skipping = false
    } else if (blank) {
      // SRT files in the wild have blank lines inside cues; what follows is the next cue's number or more text.
      skipping = false
    } else if (skipping) {
      language ??= /^Language:\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*$/.exec(line)?.[1]
    } else if ((lines[at - 1] ?? '').trim() === '' && /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line)) {
      skipping = true
      cue = null
    } else if (cue !== null) {
      cue.lines.push(line)
    }
  }
  return { cues, broken, language }
}

/** The line before a timing line is the cue's number or id, read as the text of the cue before until now. */
function dropIdentifier(before: Cue | null, line: string | undefined): void {
  if (before === null || line === undefined || line.trim() === '') return
  if (before.lines.at(-1) === line) before.lines.pop()
}
