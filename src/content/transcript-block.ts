import type { Segment } from './segment.ts'

/** A segment as a model reads it. */
export interface NumberedSegment {
  index: number
  role: Segment['role']
  speaker: string | null
  startMs: number | null
  text: string
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const part = (n: number) => String(n).padStart(2, '0')
  return `${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`
}

/**
 * The transcript as every agent of an item gets it, byte for byte the same: a line a segment,
 * `[12 | content | Ada Byron | 00:01:02] words …`, with `-` for what is not known.
 */
export function renderTranscriptBlock(text: string, segments: readonly Segment[]): string {
  return segments
    .map(({ index, role, speaker, startMs, start, end }) => {
      const who = speaker?.replace(/[|\]\n]/g, ' ').trim() || '-'
      return `[${index} | ${role} | ${who} | ${startMs === null ? '-' : clock(startMs)}] ${text.slice(start, end).replace(/\s+/g, ' ').trim()}`
    })
    .join('\n')
}

const LINE = /^\[(\d+) \| (content|ad|intro|outro|music|unknown) \| ([^|\]]+) \| (-|(\d\d+):(\d\d):(\d\d))\] (.*)$/

/** Reads a block written by {@link renderTranscriptBlock}; other lines are passed over. */
export function parseTranscriptBlock(block: string): NumberedSegment[] {
  return block.split('\n').flatMap((line) => {
    const match = LINE.exec(line)
    if (match === null) return []
    const [, index, role, speaker, , h, m, s, text] = match
    return [
      {
        index: Number(index),
        role: role as NumberedSegment['role'],
        speaker: speaker === '-' ? null : (speaker ?? null),
        startMs: h === undefined ? null : (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000,
        text: text ?? '',
      },
    ]
  })
}
