import type { Segment } from './segments.ts'
import { SegmentRole } from './segments.ts'

/** A segment in the form that models read. */
export interface NumberedSegment {
  index: number
  role: Segment['role']
  speaker: string | null
  startMs: number | null
  text: string
}

const MAX_SPEAKER = 80

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const part = (n: number) => String(n).padStart(2, '0')
  return `${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`
}

// All kinds of line ends: a model may read U+0085 as one, although `\s` does not match it.
const BLANK = /[\s\u0085]+/g

/** One line without anything that looks like the block's own marks: `[12 |` of a segment, `<transcript …>` of the fence around it. */
function harmless(text: string): string {
  return text
    .replace(BLANK, ' ')
    .replace(/\[(?=\s*\p{N}+\s*[|｜])/gu, '(')
    .replace(/<(?=\s*\/?\s*(?:transcript|outline|data)\b)/giu, '‹')
    .trim()
}

/** The prefix of a segment's words: `[12 | content | Ada Byron | 00:01:02]`, with `-` for an unknown value. */
export function segmentPrefix({ index, role, speaker, startMs }: Omit<NumberedSegment, 'text'>): string {
  const name = harmless((speaker ?? '').replace(/[|｜[\]]/g, ' ')).replace(/ +/g, ' ')
  const who = [...name].slice(0, MAX_SPEAKER).join('').trim() || '-'
  return `[${index} | ${role} | ${who} | ${startMs === null ? '-' : clock(startMs)}]`
}

/** A segment's words on one line of the block. */
export function segmentLine(text: string, segment: Segment): string {
  return harmless(text.slice(segment.start, segment.end))
}

/**
 * The transcript, byte for byte the same for every agent of an item. Each segment is one line:
 * `[12 | content | Ada Byron | 00:01:02] words …`. No text and no speaker's name can add a line, or imitate the beginning of
 * a line or the fence that prompts put around the block.
 */
export function renderTranscriptBlock(text: string, segments: readonly Segment[]): string {
  return segments.map((segment) => `${segmentPrefix(segment)} ${segmentLine(text, segment)}`).join('\n')
}

const LINE = /^\[(\d+) \| ([a-z]+) \| ([^|\]]+) \| (?:-|(\d\d+):(\d\d):(\d\d))\] (.*)$/su

/** Reads a block written by {@link renderTranscriptBlock} and skips other lines. Times come back in whole seconds. */
export function parseTranscriptBlock(block: string): NumberedSegment[] {
  return block.split('\n').flatMap((line) => {
    const match = LINE.exec(line)
    if (match === null) return []
    const [, index, name, speaker = '-', hours, minutes, seconds, text = ''] = match
    const role = SegmentRole.safeParse(name)
    if (!role.success) return []
    return [
      {
        index: Number(index),
        role: role.data,
        speaker: speaker === '-' ? null : speaker,
        startMs: hours === undefined ? null : (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000,
        text,
      },
    ]
  })
}
