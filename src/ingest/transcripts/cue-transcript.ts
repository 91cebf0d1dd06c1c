import { readBlocks } from './cue-blocks.ts'
import { readCueText, type Voiced } from './cue-text.ts'
import { unroll } from './rolling-captions.ts'
import { acceptSpeakers, splitLabel } from './speaker-labels.ts'
import { TranscriptError } from './transcript-error.ts'
import type { ParsedTranscript, Piece } from './transcript-pieces.ts'
import { joinLines } from './unspaced.ts'

function speechLines(voice: Voiced): Voiced {
  const lines = voice.text.split('\n').map((line) => line.trim())
  // "- Hello. / - Hi." are two people in one cue. Other lines are one line of speech, wrapped for the screen.
  const dialogue = lines.length > 1 && lines.every((line) => /^[-–—]\s?\S/.test(line))
  const text = dialogue ? lines.map((line) => line.replace(/^[-–—]\s?/, '')).join('\n') : joinLines(lines)
  return { speaker: voice.speaker, text }
}

/**
 * Reads WebVTT and SRT. Speakers come from voice tags or from `Name:` at the start of a turn.
 * @throws {TranscriptError} `broken`
 */
export function readCues(text: string, format: 'vtt' | 'srt'): ParsedTranscript {
  const { cues, broken, mended, language } = readBlocks(text)
  const name = format === 'vtt' ? 'WebVTT' : 'SRT'
  if (cues.length === 0 || broken > cues.length / 2) {
    throw new TranscriptError(
      'broken',
      `The ${name} file has no cue with a readable time ("00:00:01.000 --> 00:00:04.000"). Check that the file is complete.`,
    )
  }
  const warnings =
    broken > 0 ? [`${broken} of ${cues.length} cues have a time that cannot be read; their text was kept.`] : []
  if (mended > 0) {
    warnings.push(
      `The arrow between the times is broken in ${mended} of ${cues.length} cues; they were read all the same.`,
    )
  }
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

/** Removes `>> `, which marks a change of speaker in American captions. */
function unprompt(text: string): string {
  return text.trim().replace(/^>{2,3}\s*/, '')
}
