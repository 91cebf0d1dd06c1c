import { AGENT_PROMPTS } from '../../graphs/agents/registry.ts'
import { promptLibrary } from '../../graphs/prompts/load.ts'
import { sha256 } from '../content/text/hash.ts'
import { Segment } from '../content/transcript/segments.ts'
import type { GraphSettings } from '../ledger/run-configuration-schema.ts'
import type { Embedder } from '../models/embedder.ts'
import type { Recording } from '../recordings/recording.ts'
import { SEGMENTER } from '../runs/derived-blobs.ts'
import type { Analysis } from '../signals/analysis.ts'
import type { VectorShelf } from './served-vectors.ts'

const library = promptLibrary()

/** Today's code, shared by the replays of many recordings. */
export interface CurrentCode {
  analysis: Analysis
  /** The embedder of this process. Null if there is none. */
  embedder: Embedder | null
  vectors: VectorShelf
}

/**
 * The settings of a recorded run with the prompts of today's code. Prompts that the operator had chosen take precedence over those, and
 * `prompts` over all.
 * @throws {UnknownPrompt} if one of `prompts` does not exist
 */
export function settingsOf(
  { configuration }: Pick<Recording, 'configuration'>,
  prompts: Readonly<Record<string, string>>,
): GraphSettings {
  const { settings, chosenPrompts } = configuration
  for (const prompt of Object.values(prompts)) library.load(prompt)
  return { ...settings, prompts: { ...AGENT_PROMPTS, ...chosenPrompts, ...prompts } }
}

/** The local embedder with the vectors that the recording contains, if these are used. */
export function embedderOf(
  recording: Recording,
  { embedder, vectors }: CurrentCode,
  derived: boolean,
): Embedder | null {
  if (embedder === null || !derived) return embedder
  return vectors.embedderFor(recording, embedder)
}

/** The analyses. Segmenting is answered from the recording if text and segmenter are the same. */
export function analysisOf({ derived }: Recording, { analysis }: CurrentCode, use: boolean): Analysis {
  if (!use) return analysis
  const segmented = derived.flatMap(({ kind, version, textHash, value }) => {
    const segments = kind === 'segments' && version === SEGMENTER ? Segment.array().safeParse(value).data : undefined
    return segments === undefined ? [] : [{ textHash, segments }]
  })
  if (segmented.length === 0) return analysis
  return {
    ...analysis,
    async segment(transcript, options) {
      const hash = sha256(transcript.text)
      const found = segmented.find(({ textHash }) => textHash === hash)
      return found?.segments ?? analysis.segment(transcript, options)
    },
  }
}
