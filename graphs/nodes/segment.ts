import { SEGMENTER_VERSION } from '../../src/content/transcript/segments.ts'
import type { NodeFunction } from '../step.ts'

/** Cuts the transcript into numbered segments, in a worker. */
export const segment: NodeFunction = async (_state, { item, workspace, analysis }) => {
  const { transcript } = workspace.transcript.get()
  if (transcript === null) {
    workspace.segment.set([])
    return { segmentation: null }
  }
  const segments = await analysis.segment(transcript, { language: transcript.language ?? item.language ?? null })
  workspace.segment.set(segments)
  const roles: Record<string, number> = {}
  for (const { role } of segments) roles[role] = (roles[role] ?? 0) + 1
  return {
    segmentation: {
      segmenter: SEGMENTER_VERSION,
      count: segments.length,
      words: segments.reduce((sum, { words }) => sum + words, 0),
      language: mainLanguage(segments) ?? transcript.language ?? item.language ?? null,
      timed: segments.some(({ startMs }) => startMs !== null),
      roles,
    },
  }
}

/** The language of the largest number of words. */
function mainLanguage(segments: readonly { language: string | null; words: number }[]): string | null {
  const words = new Map<string, number>()
  for (const { language, words: count } of segments)
    if (language !== null) words.set(language, (words.get(language) ?? 0) + count)
  return [...words].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0]?.[0] ?? null
}
