import type { PublisherChapter } from '../src/content/item.ts'
import type { Neighbourhood } from '../src/content/neighbourhood.ts'
import type { Text } from '../src/content/text/text.ts'
import type { Segment, Transcript } from '../src/content/transcript/segments.ts'
import { renderTranscriptBlock } from '../src/content/transcript/transcript-block.ts'
import type { Decision, StoredFacet } from '../src/database/records.ts'
import type { Reading } from '../src/signals/reading/reading.ts'

/** What one node leaves for those that come after it. Each execution of a run sets it once. */
export interface Slot<Value> {
  /** @throws {Error} if it is already set */
  set(value: Value): void
  /** @throws {Error} if its node has not run */
  get(): Value
}

export interface Intake {
  readonly title: Text
  readonly description: Text
  /** Facets of earlier runs, by facet. */
  readonly earlier: ReadonlyMap<string, StoredFacet>
  readonly decisions: readonly Decision[]
  /** Hash of the configuration, for the intake of the next run. */
  readonly configuration: string
}

export interface ChosenTranscript {
  /** Null if there is none. */
  readonly transcript: Transcript | null
  readonly text: Text | null
  /** Chapters that the publisher declares, in the item or by URL. `start` is an offset, if it is known. */
  readonly publisherChapters: readonly PublisherChapter[]
  /** As declared, otherwise as the transcriber measured it. */
  readonly durationMs: number | null
  /** What servers said about the URLs that were fetched. The intake of the next run compares it. */
  readonly validators: Readonly<Record<string, unknown>>
}

export interface Surroundings {
  readonly reading: Reading
  readonly neighbourhood: Neighbourhood
  /** True if vectors were wanted and could not be had. What is made without them is not reused. */
  readonly vectorsAway: boolean
}

/**
 * The run's own memory for what is too large for state: texts, segments, vectors. Each slot has the name of the node that sets it. A run
 * that is executed again derives all of it again, so it needs no persistence.
 */
export interface Workspace {
  readonly intake: Slot<Intake>
  readonly transcript: Slot<ChosenTranscript>
  readonly segment: Slot<readonly Segment[]>
  readonly neighbours: Slot<Surroundings>
  /** The transcript as agents get it, rendered once. @throws {Error} before it is cut into segments */
  block(): string
}

export function createWorkspace(): Workspace {
  const transcript = slot<ChosenTranscript>('transcript')
  const segment = slot<readonly Segment[]>('segment')
  let block: string | undefined
  return {
    intake: slot('intake'),
    transcript,
    segment,
    neighbours: slot('neighbours'),
    block() {
      block ??= renderTranscriptBlock(transcript.get().transcript?.text ?? '', segment.get())
      return block
    },
  }
}

function slot<Value extends object>(node: string): Slot<Value> {
  let stored: Value | undefined
  return {
    set(value) {
      if (stored !== undefined)
        throw new Error(`what the node "${node}" leaves is set already: one execution of a run sets it once`)
      stored = value
    },
    get() {
      if (stored === undefined)
        throw new Error(`the node "${node}" sets this, and it has not run: put it before the node that reads it`)
      return stored
    },
  }
}

/** The texts of the item, each once. */
export function textsIn({ intake, transcript }: Workspace): Text[] {
  const { title, description } = intake.get()
  const { text } = transcript.get()
  const texts = [title, description, ...(text === null ? [] : [text])]
  return [...new Map(texts.map((each) => [each.hash, each])).values()]
}

/** What agents get of the item after it has been read. */
export function readIn({
  transcript,
  neighbours,
  block,
}: Workspace): Pick<Surroundings, 'reading' | 'neighbourhood'> & { block: string; durationMs: number | null } {
  const { reading, neighbourhood } = neighbours.get()
  return { reading, neighbourhood, block: block(), durationMs: transcript.get().durationMs }
}
