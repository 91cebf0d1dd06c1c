import { parseClock } from './clock-times.ts'
import { acceptSpeakers, splitLabel } from './speaker-labels.ts'
import type { Piece, SpeechPiece } from './transcript-pieces.ts'

/** A run of text inside one inline element that can name the speaker or the time, or outside such elements. */
export interface HtmlRun {
  tag: 'text' | 'cite' | 'bold' | 'time'
  text: string
  datetime?: string
}

/** The text between two edges of block elements. */
export interface HtmlBlock {
  heading: boolean
  runs: HtmlRun[]
}

type Label = { name: string; rest: string }
type Turn =
  | { kind: 'heading'; title: string }
  | { kind: 'speaker'; name: string }
  | { kind: 'speech'; text: string; startMs: number | null; label: Label | null; join: SpeechPiece['join'] }

/** No name is longer. A longer text comes from a `<cite>` that was never closed. */
const MAX_NAME = 200

/** Whether the line to which a text is added has no words yet. */
function opensLine(before: boolean, text: string): boolean {
  const broken = text.lastIndexOf('\n')
  return (before || broken >= 0) && text.slice(broken + 1).trim() === ''
}

/**
 * Whether a `<cite>` names a speaker: it opens a line, ends with a colon, or comes before a `<time>`. Elsewhere it has its normal
 * meaning in HTML, the title of a work.
 */
function namesSpeaker(cite: string, opens: boolean, runs: readonly HtmlRun[], at: number): boolean {
  if (cite.length > MAX_NAME) return false
  if (opens || /[:：]$/.test(cite)) return true
  let next = at + 1
  while (runs[next]?.tag !== 'time' && runs[next]?.text.trim() === '') next++
  return runs[next]?.tag === 'time'
}

/** `Name:` at the start of a text, if only the name is bold. */
function boldLabel(text: string, bold: string | null): Label | null {
  const label = bold === null ? null : splitLabel(text)
  if (label === null || bold === null) return null
  const most = text.length - label.rest.length
  return bold.length >= label.name.length && bold.length <= most ? label : null
}

function readBlocks(blocks: readonly HtmlBlock[]): Turn[] {
  const turns: Turn[] = []
  let startMs: number | null = null
  for (const { heading, runs } of blocks) {
    let text = ''
    let opens = true
    let bold: string | null = null
    let join: SpeechPiece['join'] = 'paragraph'
    const flush = (next: SpeechPiece['join']) => {
      const words = text.trim()
      if (words !== '' && heading) turns.push({ kind: 'heading', title: words.replace(/\s+/g, ' ') })
      else if (words !== '') {
        turns.push({ kind: 'speech', text: words, startMs, label: boldLabel(words, bold), join })
        startMs = null
      }
      text = ''
      opens = true
      bold = null
      join = next
    }
    for (const [at, run] of runs.entries()) {
      const runText = run.text.trim()
      if (run.tag === 'time') {
        flush('paragraph')
        startMs = parseClock(runText.replace(/[[\]()]/g, '')) ?? parseClock(run.datetime ?? '') ?? startMs
      } else if (run.tag === 'cite' && runText !== '' && !heading && namesSpeaker(runText, opens, runs, at)) {
        flush('paragraph')
        turns.push({ kind: 'speaker', name: runText.replace(/\s*[:：]$/, '') })
      } else {
        if (run.tag === 'bold' && !heading && runText !== '' && opens) {
          flush('line')
          bold = runText
        }
        text += run.text
        opens = opensLine(opens, run.text)
      }
    }
    flush('paragraph')
  }
  return turns
}

/** Reads blocks of HTML into turns. Bold names are judged together, as in plain text: "Note:" is not a name. */
export function turnsOf(blocks: readonly HtmlBlock[]): Piece[] {
  const turns = readBlocks(blocks)
  const labels = turns.flatMap((turn) => (turn.kind === 'speech' && turn.label !== null ? [turn.label.name] : []))
  const cited = turns.flatMap((turn) => (turn.kind === 'speaker' ? [turn.name] : []))
  const opening = turns.find((turn) => turn.kind === 'speech')
  const accepted = acceptSpeakers(labels, cited, opening?.label?.name ?? null)
  const pieces: Piece[] = []
  let speaker: string | null = null
  let startMs: number | null = null
  for (const turn of turns) {
    if (turn.kind === 'heading') pieces.push({ ...turn, startMs: null })
    else if (turn.kind === 'speaker') speaker = turn.name || null
    else {
      const label = turn.label !== null && accepted.has(turn.label.name) ? turn.label : null
      if (label !== null) speaker = label.name
      startMs = turn.startMs ?? startMs
      const text = label?.rest ?? turn.text
      if (text.trim() === '') continue
      pieces.push({ kind: 'speech', text, speaker, startMs, endMs: null, join: turn.join })
      startMs = null
    }
  }
  return pieces
}
