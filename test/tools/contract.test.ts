import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkEvidence } from '../../tools/check-evidence.ts'
import { findSimilar } from '../../tools/find-similar.ts'
import { lookupTaxonomy } from '../../tools/lookup-taxonomy.ts'
import { readMetadata } from '../../tools/read-metadata.ts'
import { readTranscript } from '../../tools/read-transcript.ts'
import { searchTranscript } from '../../tools/search-transcript.ts'
import type { ToolFactory } from '../../tools/tool.ts'
import { call, depsFor, SENTENCES } from './tool-deps.ts'

/** Each tool with the widest answer that it can be asked for. */
const TOOLS: [ToolFactory, unknown][] = [
  [lookupTaxonomy, { by: 'children', query: 'root', limit: 40 }],
  [searchTranscript, { query: 'word', limit: 10 }],
  [readTranscript, { from: 0, to: 100_000 }],
  [readMetadata, {}],
  [findSimilar, { limit: 20 }],
  [checkEvidence, { segment: 3, quote: 'word '.repeat(120).trim() }],
]
const Parameters = z.object({
  type: z.literal('object'),
  additionalProperties: z.literal(false),
  properties: z.record(z.string(), z.object({ description: z.string().min(5) })),
})

/** An item of 2,000 segments of 500 words with as much of everything else. */
const huge = () => {
  const text = 'word '.repeat(500).trim()
  return depsFor(
    Array.from({ length: 2000 }, (_, n) => ({ text, speaker: `Speaker ${n % 40}` })),
    {
      metadata: Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`field${n}`, text])),
      neighbourhood: {
        unavailable: null,
        space: 'subjects@1',
        items: Array.from({ length: 500 }, (_, n) => ({
          itemId: `item ${n}`,
          score: 0.5,
          topics: Array.from({ length: 50 }, (_, t) => `iab-content-3.1/${t}`),
          vector: null,
          textHash: null,
        })),
      },
    },
  )
}

describe.each(TOOLS)('%o', (factory, widest) => {
  it('is in the file that has its name', async () => {
    const { name } = factory(await depsFor([]))
    expect(existsSync(new URL(`../../tools/${name.replaceAll('_', '-')}.ts`, import.meta.url))).toBe(true)
  })

  it('describes itself and every argument, and takes no others', async () => {
    const tool = factory(await depsFor(SENTENCES))
    expect(tool.description.length).toBeGreaterThan(40)
    expect(Parameters.safeParse(z.toJSONSchema(tool.schema, { io: 'input' }))).toMatchObject({ success: true })
    expect(tool.schema.safeParse({ unknown: 1 }).success).toBe(false)
  })

  it('answers within 16,000 characters however large the item is', async () => {
    const answer = JSON.stringify(await call(factory, await huge(), widest))
    expect(answer).toContain('"ok":true')
    expect(answer.length).toBeLessThan(16_000)
  })

  it('gives the same answer twice', async () => {
    const answers = await Promise.all([1, 2].map(async () => call(factory, await depsFor(SENTENCES), widest)))
    expect(answers[0]).toEqual(answers[1])
  })
})
