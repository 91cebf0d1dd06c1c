import { z } from 'zod'
import { noSuchSegment, segmentText } from './segment-text.ts'
import { defineTool, problem, type ToolFactory } from './tool.ts'

const MAX_SEGMENTS = 40
const MAX_CHARACTERS = 12_000
const MAX_SEGMENT = 2_000

const schema = z.strictObject({
  from: z.int().min(0).describe('number of the first segment to read'),
  to: z
    .int()
    .min(0)
    .describe(`number of the last segment to read; at most ${MAX_SEGMENTS} segments come back from one call`),
})

/** Reads a run of whole segments, as many as fit; `truncated.next` is the number of the next segment. */
export const readTranscript: ToolFactory = ({ reading }) =>
  defineTool({
    name: 'read_transcript',
    version: 1,
    description:
      'Reads a run of transcript segments in full, by number. Returns segments with role and speaker; where not all fit, "truncated" gives the number to go on from.',
    schema,
    async run({ from, to }) {
      const { segments } = reading
      if (from >= segments.length) return problem(noSuchSegment(from, segments))
      if (from > to) return problem(`"from" (${from}) is after "to" (${to}): swap them.`)
      const last = Math.min(to, segments.length - 1)
      const shown = []
      let characters = 0
      for (const segment of segments.slice(from, last + 1)) {
        const text = segmentText(reading, segment, MAX_SEGMENT)
        if (shown.length === MAX_SEGMENTS || (shown.length > 0 && characters + text.length > MAX_CHARACTERS)) break
        characters += text.length
        shown.push({ segment: segment.index, role: segment.role, speaker: segment.speaker, text })
      }
      const next = from + shown.length
      return { ok: true, value: { segments: shown, ...(next <= last ? { truncated: { next } } : {}) } }
    },
  })
