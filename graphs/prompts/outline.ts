import { clip } from '../../src/content/text/clip.ts'
import type { Segment } from '../../src/content/transcript/segments.ts'
import { segmentLine, segmentPrefix } from '../../src/content/transcript/transcript-block.ts'
import { estimateTokens } from '../../src/models/tokens.ts'

/** Characters of each segment. The first number that fits the budget is used. If none fits, segments are left out evenly. */
const LENGTHS = [120, 90, 60, 40, 25]

/**
 * The outline of a transcript that is too long to be shown whole: the first words of each segment, with the same prefixes as in the
 * transcript block. It shows as much of each segment as `maxTokens` allows. If even the shortest beginnings are too many, it shows every
 * n-th segment.
 */
export function renderOutline(
  text: string,
  segments: readonly Segment[],
  { maxTokens }: { maxTokens: number },
): string {
  const lines = (shown: readonly Segment[], length: number) =>
    shown.map((segment) => `${segmentPrefix(segment)} ${clip(segmentLine(text, segment), length)}`).join('\n')
  for (const length of LENGTHS) {
    const outline = lines(segments, length)
    if (estimateTokens(outline) <= maxTokens) return outline
  }
  for (let every = 2; every < segments.length; every++) {
    const outline = lines(
      segments.filter((_, i) => i % every === 0),
      LENGTHS.at(-1) ?? 25,
    )
    if (estimateTokens(outline) <= maxTokens) return outline
  }
  return lines(segments.slice(0, 1), LENGTHS.at(-1) ?? 25)
}
