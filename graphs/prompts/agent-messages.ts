import type { Item } from '../../src/content/item.ts'
import type { Segment } from '../../src/content/transcript/segments.ts'
import type { Finding } from '../../src/content/understanding-schema.ts'
import type { ChatMessage } from '../../src/models/chat-model.ts'
import type { Offer } from '../agents/define-agent.ts'
import { promptLibrary } from './load.ts'
import type { Metadata } from './metadata.ts'
import { renderOutline } from './outline.ts'
import { renderMessages } from './render.ts'

/** Every agent's system text: the same for all, so that provider prefix caches hold. */
const SHARED_PROMPT = 'shared/v1'

export interface AgentMessageParts {
  prompt: string
  reads: readonly string[]
  item: Item
  metadata: Metadata
  /** The whole transcript block, and what an outline is made from where it does not fit. */
  block: string
  text: string
  segments: readonly Segment[]
  transcript: 'whole' | 'outline'
  contextTokens: number
  offer: Offer<unknown>
  findings: readonly Finding[]
  /** The answer that the findings speak of; null where there is none. */
  previous: unknown
}

const library = promptLibrary()

/** The messages of an agent's first turn, with what it declares that it reads and nothing else. */
export function agentMessages({
  prompt,
  reads,
  item,
  metadata,
  block,
  text,
  segments,
  transcript,
  contextTokens,
  offer,
  findings,
  previous,
}: AgentMessageParts): ChatMessage[] {
  const outline = transcript === 'outline'
  const shown = outline ? renderOutline(text, segments, { maxTokens: Math.floor(contextTokens / 3) }) : block
  return renderMessages({
    shared: library.load(SHARED_PROMPT),
    prompt: library.load(prompt),
    transcriptBlock: reads.includes('transcript') ? shown : '',
    outline,
    metadata: declared(reads, item, metadata),
    candidates: offer.candidates,
    findings,
    ...(previous === null ? {} : { previous }),
    ...(offer.task === undefined ? {} : { facts: offer.task }),
  })
}

function declared(reads: readonly string[], { title, description, kind }: Item, metadata: Metadata): Metadata {
  return {
    ...(reads.includes('metadata') ? metadata : { kind }),
    title: reads.includes('title') ? title : null,
    ...(reads.includes('description') ? { description } : {}),
  }
}
