import { z } from 'zod'
import { defineTool, problem, type ToolFactory } from '../../tools/tool.ts'

const MAX_SPEAKERS = 20

/** How the words of a transcript are shared among its speakers. */
export const speakerShares: ToolFactory = ({ reading }) =>
  defineTool({
    name: 'speaker_shares',
    version: 1,
    description: 'Lists the speakers with their share of all words, the one who talks most first.',
    schema: z.strictObject({
      limit: z.int().min(1).max(MAX_SPEAKERS).default(5).describe('how many speakers at most'),
    }),
    async run({ limit }) {
      const words = new Map<string, number>()
      for (const segment of reading.segments)
        if (segment.speaker !== null) words.set(segment.speaker, (words.get(segment.speaker) ?? 0) + segment.words)
      if (words.size === 0)
        return problem('This transcript does not name its speakers. Use read_transcript and judge by what is said.')
      const all = [...words.values()].reduce((sum, count) => sum + count, 0)
      const speakers = [...words]
        .map(([speaker, count]) => ({ speaker, share: Math.round((count / all) * 1000) / 1000 }))
        .sort((a, b) => b.share - a.share || (a.speaker < b.speaker ? -1 : 1))
        .slice(0, limit)
      return { ok: true, value: { speakers } }
    },
  })
