import type { Item } from '../../src/content/item.ts'
import { countWords } from '../../src/content/text/count-words.ts'
import { normalise } from '../../src/content/text/text.ts'
import { assemble } from '../../src/ingest/transcripts/assemble-pieces.ts'
import { type ReadTranscript, readTranscript } from '../../src/ingest/transcripts/parse-transcript.ts'
import type { SpeechPiece } from '../../src/ingest/transcripts/transcript-pieces.ts'
import type { TranscriptCandidateSummary } from '../../src/models/extractive/agent-task.ts'
import type { Transcription } from '../../src/models/transcriber.ts'

/** A transcript that was read, with the faults that were found in it. */
export interface Candidate {
  origin: string
  read: ReadTranscript
  language: string | null
  words: number
  /** Share of the item's duration up to the last time. Null without times or without a duration. */
  coverage: number | null
  problems: string[]
}

/** Below this, something is missing. Above it, this is another cut of the episode, for example with other advertisements. */
const COVERAGE = { least: 0.7, most: 1.06 }
const WORDS_PER_MINUTE = { least: 25, most: 320 }

/** @throws {TranscriptError} if it cannot be read. */
export function fromSource(
  origin: string,
  content: Uint8Array | string,
  hints: { type?: string | undefined; language?: string | undefined },
  item: Item,
  maxChars: number | null,
): Candidate {
  const read = readTranscript(content, {
    name: origin,
    ...(maxChars === null ? {} : { maxChars }),
    ...(hints.type === undefined ? {} : { type: hints.type }),
    ...(hints.language === undefined ? {} : { language: hints.language }),
    ...(item.durationMs === undefined ? {} : { durationMs: item.durationMs }),
  })
  return assess(origin, read, item)
}

/**
 * A transcription as a candidate. Its segments are treated as pieces of any other transcript, so their times are checked and mended in the
 * same way.
 */
export function fromTranscription(transcription: Transcription, item: Item): Candidate {
  const { segments, text, model } = transcription
  const heard = segments.map((segment) => speechPiece(segment.text, segment.startMs, segment.endMs))
  const pieces = heard.some(({ text }) => HAS_WORDS.test(text)) ? heard : [speechPiece(text, null, null)]
  if (!pieces.some(({ text }) => HAS_WORDS.test(text))) throw new Error(`${model} heard no words`)
  const transcript = assemble(
    { pieces, metadata: {}, warnings: [], sortable: true },
    {
      language: transcription.language ?? item.language,
      durationMs: item.durationMs || transcription.durationMs || undefined,
      dropHeadings: true,
    },
  )
  return assess(`transcription by ${model}`, { format: 'transcription', transcript, metadata: {} }, item)
}

const HAS_WORDS = /[\p{L}\p{N}]/u

/** An end that is not after its start does not count: the piece then lasts until the next one begins. */
function speechPiece(text: string, startMs: number | null, endMs: number | null): SpeechPiece {
  const end = startMs !== null && endMs !== null && endMs > startMs ? endMs : null
  return {
    kind: 'speech',
    text: normalise(text).replaceAll('\n', ' '),
    speaker: null,
    startMs,
    endMs: end,
    join: 'flow',
  }
}

function assess(origin: string, read: ReadTranscript, item: Item): Candidate {
  const { marks, text, language, warnings } = read.transcript
  const words = countWords(text)
  const last = marks.reduce((latest, { endMs, startMs }) => Math.max(latest, endMs ?? startMs ?? 0), 0)
  const coverage = item.durationMs && last > 0 ? last / item.durationMs : null
  const minutes = item.durationMs ? item.durationMs / 60_000 : null
  const problems = [...warnings.map((warning) => `note: ${warning}`)]
  if (coverage !== null && coverage < COVERAGE.least)
    problems.push(`ends at ${Math.round(coverage * 100)} % of the item's duration`)
  if (coverage !== null && coverage > COVERAGE.most)
    problems.push(`goes on to ${Math.round(coverage * 100)} % of the item's duration: another cut?`)
  if (minutes !== null && minutes >= 2 && words / minutes < WORDS_PER_MINUTE.least)
    problems.push(`has ${words} words for ${Math.round(minutes)} minutes`)
  if (minutes !== null && minutes >= 2 && words / minutes > WORDS_PER_MINUTE.most)
    problems.push(`has ${words} words for ${Math.round(minutes)} minutes: another item?`)
  if (item.language !== undefined && language !== null && primary(language) !== primary(item.language))
    problems.push(`is in "${language}", the item in "${item.language}"`)
  return { origin, read, language, words, coverage, problems }
}

const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? ''
const faults = ({ problems }: Candidate): number => problems.filter((problem) => !problem.startsWith('note: ')).length

/** Whether it has no faults, only notes. */
export const isSound = (candidate: Candidate): boolean => faults(candidate) === 0

/** Fewest faults first. Ties go to transcripts with times, then to those with speakers, then to the publisher's order. */
export function rank(candidates: readonly Candidate[]): Candidate[] {
  const timed = ({ read }: Candidate) => Number(read.transcript.marks.some(({ startMs }) => startMs !== null))
  const voiced = ({ read }: Candidate) => Number(read.transcript.marks.some(({ speaker }) => speaker !== null))
  return candidates
    .map((candidate, order) => ({ candidate, order }))
    .sort(
      (a, b) =>
        faults(a.candidate) - faults(b.candidate) ||
        timed(b.candidate) - timed(a.candidate) ||
        voiced(b.candidate) - voiced(a.candidate) ||
        a.order - b.order,
    )
    .map(({ candidate }) => candidate)
}

/** A candidate as the choosing agent sees it. */
export function summarise(
  { origin, language, words, coverage, problems }: Candidate,
  candidate: number,
): TranscriptCandidateSummary {
  return {
    candidate,
    origin,
    language,
    words,
    coverage: coverage === null ? null : Math.round(coverage * 1000) / 1000,
    problems,
  }
}
