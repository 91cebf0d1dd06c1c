import { parseClock } from './clock.ts'
import { readCueText, type Voiced } from './cue-text.ts'
import type { Piece, Reading } from './pieces.ts'
import { acceptSpeakers, splitLabel } from './speakers.ts'
import { TranscriptError } from './transcript-error.ts'

// The package `subtitle` reads well-formed files, but it throws on STYLE and REGION blocks, on textual cue ids and on the
// first bad line, and takes NOTE inside a cue's text for a comment; publishers' files have all of these.

const TIMING =
  /^\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*-->\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)(?:\s|$)/
/** At least one line that a subtitle file would have, anywhere. */
export const HAS_CUES = /^[ \t]*(?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?[ \t]*-->/m

interface Cue {
  startMs: number | null
  endMs: number | null
  lines: string[]
}

interface Blocks {
  cues: Cue[]
  broken: number
  language: string | undefined
}

function readBlocks(text: string): Blocks {
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

/** Live captions roll: each cue repeats the line before. Undone only where most cues do it, so that a refrain stays. */
function unroll(cues: readonly Cue[]): Cue[] {
  const repeats = cues.map((cue, at) => {
    const before = cues[at - 1]?.lines.at(-1)?.trim()
    return before !== undefined && cue.lines.length > 1 && cue.lines[0]?.trim() === before
  })
  if (repeats.filter(Boolean).length < cues.length * 0.3) return [...cues]
  return cues.map((cue, at) => (repeats[at] === true ? { ...cue, lines: cue.lines.slice(1) } : cue))
}

function speechLines(voice: Voiced): Voiced {
  const lines = voice.text.split('\n').map((line) => line.trim())
  // "- Hello. / - Hi." are two people in one cue; anything else is one line of speech, wrapped for the screen.
  const dialogue = lines.length > 1 && lines.every((line) => /^[-–—]\s?\S/.test(line))
  return {
    speaker: voice.speaker,
    text: lines.map((line) => line.replace(/^[-–—]\s?(?=\S)/, dialogue ? '' : '$&')).join(dialogue ? '\n' : ' '),
  }
}

/**
 * Reads WebVTT and SRT. Speakers come from voice tags or from `Name:` where a turn begins.
 * @throws {TranscriptError} `broken`
 */
export function readCues(text: string, format: 'vtt' | 'srt'): Reading {
  const { cues, broken, language } = readBlocks(text)
  const name = format === 'vtt' ? 'WebVTT' : 'SRT'
  if (cues.length === 0 || broken > cues.length / 2) {
    throw new TranscriptError(
      'broken',
      `The ${name} file has no cue with a readable time ("00:00:01.000 --> 00:00:04.000"). Check that the file is complete.`,
    )
  }
  const warnings =
    broken > 0 ? [`${broken} of ${cues.length} cues have a time that cannot be read; their text was kept.`] : []
  const voices = unroll(cues).map((cue) => ({ cue, voices: readCueText(cue.lines.join('\n')).map(speechLines) }))
  const labels = voices.flatMap((entry) =>
    entry.voices.flatMap((voice) => splitLabel(unprompt(voice.text))?.name ?? []),
  )
  const opening = voices.find((entry) => entry.voices.length > 0)?.voices[0]
  const first = opening === undefined ? null : (splitLabel(unprompt(opening.text))?.name ?? null)
  const accepted = acceptSpeakers(labels, [], first)
  const pieces: Piece[] = []
  let turn: string | null = null
  for (const { cue, voices: parts } of voices) {
    for (const [at, voice] of parts.entries()) {
      const prompted = /^>>/.test(voice.text.trim())
      const label = splitLabel(unprompt(voice.text))
      const labelled = label !== null && accepted.has(label.name)
      if (labelled) turn = label.name
      else if (prompted) turn = null
      pieces.push({
        kind: 'speech',
        text: labelled ? label.rest : unprompt(voice.text),
        speaker: voice.speaker ?? turn,
        startMs: at === 0 ? cue.startMs : null,
        endMs: parts.length === 1 ? cue.endMs : null,
        join: prompted ? 'line' : 'flow',
      })
    }
  }
  return { pieces, metadata: {}, warnings, sortable: true, ...(language === undefined ? {} : { language }) }
}

/** `>> ` marks a change of speaker in American captions. */
function unprompt(text: string): string {
  return text.trim().replace(/^>{2,3}\s*/, '')
}
