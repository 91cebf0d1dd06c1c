import { parseClock } from './clock-times.ts'
import { acceptSpeakers, looksLikeName, splitLabel } from './speaker-labels.ts'
import type { Piece } from './transcript-pieces.ts'

const CLOCK = String.raw`[\[(<]?(\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)[\])>]?`
/** `Name: 00:00:19`, `Name 00:00:19`, `Name (00:00:19):`, `[Name]: 00:00:19 words`. */
const NAME_THEN_CLOCK = new RegExp(
  String.raw`^\[?([^\n:\[\](){}<>]{1,60}?)\]?\s*[:：,–—-]?\s*${CLOCK}\s*[:：]?(?:(?:\s+|(?=\p{Lu}))(.*))?$`,
  'u',
)
/** `[00:00:19] Name: words`, `00:00:19 words`, `00:00:19`. */
const CLOCK_FIRST = new RegExp(String.raw`^${CLOCK}\s*(?:[-–—:]\s+)?(.*)$`, 'u')

interface Line {
  kind: 'turn' | 'text' | 'blank'
  speaker: string | null
  startMs: number | null
  /** The words of this line, without name and time. */
  text: string
  /** `Name: words`, before the decision whether it is a name. */
  label: { name: string; rest: string } | null
}

function readLine(line: string): Line {
  const text = line.trim()
  if (text === '') return { kind: 'blank', speaker: null, startMs: null, text: '', label: null }
  const clockFirst = CLOCK_FIRST.exec(text)
  if (clockFirst !== null) {
    const startMs = parseClock(clockFirst[1] ?? '')
    const rest = clockFirst[2] ?? ''
    const bracketed = /^[[(<]/.test(text)
    // "3:30 in the afternoon" opens a sentence. Without brackets, a time needs seconds or a line of its own.
    if (startMs !== null && (bracketed || rest === '' || (clockFirst[1] ?? '').split(':').length === 3)) {
      return { kind: 'turn', speaker: null, startMs, text: rest, label: splitLabel(rest) }
    }
  }
  const named = NAME_THEN_CLOCK.exec(text)
  if (named !== null) {
    const [, name = '', clock = '', rest = ''] = named
    const startMs = parseClock(clock)
    if (
      startMs !== null &&
      looksLikeName(name) &&
      (rest === '' || clock.split(':').length === 3 || /[[(]/.test(text))
    ) {
      return { kind: 'turn', speaker: name.trim(), startMs, text: rest, label: null }
    }
  }
  return { kind: 'text', speaker: null, startMs: null, text, label: splitLabel(text) }
}

/**
 * Reads lines of text into turns: `Name:` and `HH:MM:SS` come before the words or on a line of their own, in either order.
 * Lines of one paragraph stay lines; a blank line begins a paragraph.
 */
export function readTurns(blocks: readonly (string | { heading: string })[], known: readonly string[]): Piece[] {
  const lines = blocks.map((block) => (typeof block === 'string' ? readLine(block) : block))
  const labels = lines.flatMap((line) => ('heading' in line || line.label === null ? [] : [line.label.name]))
  const timed = lines.flatMap((line) => ('heading' in line || line.speaker === null ? [] : [line.speaker]))
  const opening = lines.find((line) => !('heading' in line) && line.kind !== 'blank')
  const first = opening !== undefined && !('heading' in opening) ? (opening.label?.name ?? null) : null
  const others = labels.filter((label) => label !== first)
  // A single label at the very start is a speaker only if the text continues in turns.
  const accepted = acceptSpeakers(labels, [...known, ...timed], others.length > 0 ? first : null)
  const pieces: Piece[] = []
  let speaker: string | null = null
  let startMs: number | null = null
  let buffer: string[] = []
  const flush = () => {
    const text = buffer.join('\n')
    buffer = []
    if (text.trim() === '') return
    pieces.push({ kind: 'speech', text, speaker, startMs, endMs: null, join: 'paragraph' })
    startMs = null
  }
  for (const line of lines) {
    if ('heading' in line) {
      flush()
      pieces.push({ kind: 'heading', title: line.heading, startMs: null })
      continue
    }
    const label = line.label !== null && accepted.has(line.label.name) ? line.label : null
    if (line.kind === 'turn' || label !== null) {
      flush()
      const named = line.speaker ?? label?.name
      if (named !== undefined) speaker = named
      if (line.startMs !== null) startMs = line.startMs
      else if (label !== null && buffer.length > 0) startMs = null
    }
    buffer.push(label?.rest ?? line.text)
  }
  flush()
  return pieces
}
