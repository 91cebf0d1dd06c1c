import type { PublisherChapter } from '../src/content/item.ts'
import type { Neighbourhood } from '../src/content/neighbourhood.ts'
import type { Sha256 } from '../src/content/text/hash.ts'
import type { Text } from '../src/content/text/text.ts'
import type { Segment, Transcript } from '../src/content/transcript/segments.ts'
import { renderTranscriptBlock } from '../src/content/transcript/transcript-block.ts'
import type { Decision, StoredFacet } from '../src/database/records.ts'
import type { Reading } from '../src/signals/reading/reading.ts'

/**
 * The run's own memory for what is too large for state: texts, segments, vectors. Everything in it is derived again when a
 * run is executed again, so it needs no persistence.
 */
export interface Workspace {
  readonly texts: Map<Sha256, Text>
  transcript: Transcript | null
  segments: readonly Segment[]
  reading: Reading | null
  neighbourhood: Neighbourhood
  /** Chapters that the publisher declares, in the item, by URL or as headings; `start` is an offset where known. */
  publisherChapters: PublisherChapter[]
  headings: Transcript['headings']
  /** As declared, else as heard by the transcriber. */
  durationMs: number | null
  /** Set by intake. */
  configuration: string
  decisions: readonly Decision[]
  /** What servers said of the URLs that were fetched; compared by the next run's intake. */
  validators: Record<string, unknown>
  /** Vectors were wanted and could not be had: what is made without them is not reused. */
  vectorsAway: boolean
  /** What people should know of this run and what no label says. */
  notes: string[]
  /** Facets of earlier runs, by facet. */
  readonly earlier: Map<string, StoredFacet>
  /** The transcript as agents get it, rendered once. */
  block(): string
}

export function createWorkspace(): Workspace {
  let block: string | undefined
  return {
    texts: new Map(),
    transcript: null,
    segments: [],
    reading: null,
    neighbourhood: { unavailable: 'not asked', space: null, items: [] },
    publisherChapters: [],
    headings: [],
    durationMs: null,
    configuration: '',
    decisions: [],
    validators: {},
    vectorsAway: false,
    notes: [],
    earlier: new Map(),
    block() {
      block ??= renderTranscriptBlock(this.transcript?.text ?? '', this.segments)
      return block
    },
  }
}

/** The reading, once the neighbours node has made it. @throws {Error} before: a mistake in the graph's order. */
export function readingOf(workspace: Workspace): Reading {
  if (workspace.reading === null)
    throw new Error('the item has not been read yet: the node must come after "neighbours"')
  return workspace.reading
}
