import { z } from 'zod'
import { messageOf } from '../../content/validation/error-message.ts'
import { secondsToMs } from './clock-times.ts'
import { TranscriptError } from './transcript-error.ts'
import type { ParsedTranscript, Piece, SpeechPiece } from './transcript-pieces.ts'
import { gapBetween } from './unspaced.ts'

/** `JSON.parse` handles any depth, but the code after it does not. Transcripts are three levels deep. */
const MAX_DEPTH = 64

/** Any value is accepted, so that no words are lost: an unreadable time is left out and counted. */
const Time = z.unknown().optional()
const Name = z.union([z.string(), z.number()]).nullish()
/** The fields of Podcasting 2.0 (`body`, `startTime` in seconds) and of speech recognisers (`text`, `start`; for words `word`). */
const Entry = z.object({
  body: z.string().nullish(),
  text: z.string().nullish(),
  content: z.string().nullish(),
  word: z.string().nullish(),
  speaker: Name,
  speakerName: Name,
  startTime: Time,
  endTime: Time,
  start: Time,
  end: Time,
})
type Entry = z.infer<typeof Entry>

function assertShallow(text: string): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === 92) i++
      else if (code === 34) inString = false
    } else if (code === 34) inString = true
    else if (code === 91 || code === 123) {
      if (++depth > MAX_DEPTH) {
        throw new TranscriptError(
          'too_deep',
          `The JSON is nested more than ${MAX_DEPTH} levels deep, which no transcript or chapter list is.`,
        )
      }
    } else if (code === 93 || code === 125) depth--
  }
}

/**
 * Parses JSON of bounded depth.
 * @throws {TranscriptError} `broken`, `too_deep`
 */
export function parseBoundedJson(text: string): unknown {
  assertShallow(text)
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = messageOf(error).replace(/\s+/g, ' ').slice(0, 120)
    throw new TranscriptError('broken', `The JSON is broken (${why}). Check that the file is complete.`, {
      cause: error,
    })
  }
}

const wordsIn = (entry: Entry) => entry.body ?? entry.text ?? entry.content ?? entry.word ?? null

function entriesIn(value: unknown): Entry[] | null {
  if (!Array.isArray(value)) return null
  const entries = value.flatMap((item) => {
    const entry = Entry.safeParse(item)
    return entry.success && wordsIn(entry.data) !== null ? [entry.data] : []
  })
  return entries.length > 0 && entries.length >= value.length / 2 ? entries : null
}

/** The list named `segments`, else the top-level list with the most entries that have words. */
function findEntries(document: unknown): Entry[] | null {
  const direct = entriesIn(document)
  if (direct !== null) return direct
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return null
  const lists = Object.entries(document).flatMap(([key, value]) => {
    const entries = entriesIn(value)
    return entries === null ? [] : [{ key, entries }]
  })
  const named = lists.find(({ key }) => key === 'segments')
  return (named ?? lists.sort((a, b) => b.entries.length - a.entries.length)[0])?.entries ?? null
}

const SENTENCE_END = /[.!?…。！？]["'”’)\]]*$/

/** Joins word-level entries. A group ends at the end of a sentence or turn, at a pause of 2 s, or after 40 words. */
function mergeWords(pieces: readonly SpeechPiece[]): SpeechPiece[] {
  const merged: SpeechPiece[] = []
  let count = 0
  for (const piece of pieces) {
    const last = merged.at(-1)
    const pause = (piece.startMs ?? 0) - (last?.endMs ?? piece.startMs ?? 0)
    const open = last !== undefined && last.speaker === piece.speaker && count < 40 && !SENTENCE_END.test(last.text)
    const punctuation = /^[\p{P}]+$/u.test(piece.text.trim())
    // Words whose times are out of order stay separate, so that the repair sees them one by one.
    if (
      last !== undefined &&
      ((open && pause >= 0 && pause < 2000) || (punctuation && last.speaker === piece.speaker))
    ) {
      const before = last.text.trimEnd()
      const word = piece.text.trim()
      last.text = before + (punctuation && !/^[([{“‘¿¡—–]/.test(word) ? '' : gapBetween(before, word)) + word
      last.endMs = piece.endMs ?? last.endMs
      count++
    } else {
      merged.push({ ...piece })
      count = 1
    }
  }
  return merged
}

/**
 * Reads Podcasting 2.0 JSON, including word-level files, and the lists of segments or turns that recognisers and corpora write.
 * @throws {TranscriptError} `broken`, `too_deep`
 */
export function readJson(text: string): ParsedTranscript {
  const document = parseBoundedJson(text)
  const entries = findEntries(document)
  if (entries === null) {
    throw new TranscriptError(
      'broken',
      'The JSON holds no transcript: expected {"segments": [{"startTime": 0.5, "endTime": 2.0, "speaker": "…", "body": "…"}]}.',
    )
  }
  const pieces = entries.map((entry): SpeechPiece => {
    const speaker = entry.speaker ?? entry.speakerName ?? null
    return {
      kind: 'speech',
      text: wordsIn(entry) ?? '',
      speaker: speaker === null || String(speaker).trim() === '' ? null : String(speaker),
      startMs: secondsToMs(entry.startTime ?? entry.start),
      endMs: secondsToMs(entry.endTime ?? entry.end),
      join: 'flow',
    }
  })
  const unread = entries
    .flatMap((entry) => [entry.startTime ?? entry.start, entry.endTime ?? entry.end])
    .filter((time) => time !== undefined && time !== null && time !== '' && secondsToMs(time) === null).length
  const short = pieces.filter((piece) => piece.text.trim().split(/\s+/).length <= 2).length
  const wordLevel = short > pieces.length * 0.7
  const timed = pieces.some((piece) => piece.startMs !== null)
  const result: Piece[] = wordLevel && timed ? mergeWords(pieces) : pieces
  const language = z.object({ language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/) }).safeParse(document)
  return {
    pieces: result,
    metadata: {},
    warnings: unread === 0 ? [] : [`${unread === 1 ? '1 time' : `${unread} times`} cannot be read; the text was kept.`],
    sortable: timed,
    ...(language.success ? { language: language.data.language } : {}),
  }
}
