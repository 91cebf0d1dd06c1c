import type { Segment } from '../../content/transcript/segments.ts'
import type { Reading } from '../reading/reading.ts'

// What people say at the start of a turn or sentence when they leave one subject for the next.
const MOVING_ON =
  /\b(?:(?:let['’]?s|let us|let me|we(?:['’]ll| will| can| should)?|i(?:['’]ll| will)?|i want to|i['’]d like to|shall we|gonna|going to) (?:now )?(?:move on|go on|turn|switch|jump|get (?:in)?to|start|begin|dive|shift|look at|talk about|step back|go back|recap|wrap|summari[sz]e|continue)|moving on|(?:the )?(?:next|last|final|first|second|third|fourth|fifth) (?:question|topic|item|thing|one|part|section|point|chapter|story|up|slide|step|example)|(?:another|a different|one more|my (?:next|last|other|final)) (?:question|topic|thing|item|point)|speaking of|on (?:to|another)|changing (?:the )?(?:subject|topic)|questions\?|to (?:sum|wrap) up|in (?:conclusion|summary|closing)|finally)\b/i
const OPENER =
  /^(?:so|okay|ok|all ?right|alright|right|now|well|cool|great|awesome|yeah)[,.]?\s+(?:so|okay|now|then|let|next|what|how|the|first|second|we|i|tell|maybe|before|speaking|anything|another)?\b/i
const ASKING =
  /\b(?:what(?:['’]s| is| are| about| was| were| do| does| would)?|how|why|who|where|when|can you|could you|would you|do you|tell (?:me|us)|walk (?:me|us)|explain|describe)\b[^?]*\?/i

/** How clearly the start of a segment announces a new subject, 0..1. It looks at the wording, at who speaks, and at the segment before. */
export function cueAt(reading: Reading, segment: Segment, previous: Segment | undefined): number {
  const text = reading.text.slice(segment.start, Math.min(segment.end, segment.start + 220))
  const before =
    previous === undefined ? '' : reading.text.slice(Math.max(previous.start, previous.end - 80), previous.end)
  const isTurn = previous !== undefined && previous.speaker !== segment.speaker
  let cue = 0
  if (MOVING_ON.test(text)) cue += 0.5
  if (OPENER.test(text)) cue += 0.15
  if (ASKING.test(text) && segment.words > 5) cue += isTurn ? 0.3 : 0.15
  if (isTurn) cue += segment.words > 7 ? 0.1 : -0.1
  if (/\b(?:thank you|thanks|makes sense|got it|great question)\b[^.?!]*[.!]?$/i.test(before)) cue += 0.1
  if (previous !== undefined && previous.role !== segment.role) cue += 0.5
  if (segment.words < 4) cue -= 0.2
  return Math.max(0, Math.min(1, cue))
}
