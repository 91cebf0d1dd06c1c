import { z } from 'zod'
import type { Item } from '../src/content/item.ts'
import type { LabelRow } from '../src/content/labels/label-type.ts'
import type { Neighbourhood } from '../src/content/neighbourhood.ts'
import type { Text } from '../src/content/text/text.ts'
import type { DocumentPlace, Tokens, UnplacedDocument } from '../src/content/understanding-schema.ts'
import type { Decision, NewFacet, NewReview, StoredFacet } from '../src/database/records.ts'
import type { Fetcher } from '../src/ingest/fetch/fetcher.ts'
import type { Cost, Step, StepName } from '../src/ledger/exchange.ts'
import type { GraphSettings } from '../src/ledger/run-configuration-schema.ts'
import type { ChatModel } from '../src/models/chat-model.ts'
import type { Embedder } from '../src/models/embedder.ts'
import type { Transcription } from '../src/models/transcriber.ts'
import type { Analysis } from '../src/signals/analysis.ts'
import type { Taxonomies } from '../src/taxonomy/taxonomy.ts'
import type { Workspace } from './workspace.ts'

/** What the database knows about an item when a run asks. */
export interface Known {
  current: { version: number; intakeHash: string } | null
  facets: StoredFacet[]
  decisions: Decision[]
}

export interface NeighboursRequest {
  space: string
  /** The whole item's vector, rounded. */
  vector: number[]
  limit: number
}

/** The ports as one execution of a node sees them. The ports themselves do not know that their calls are recorded. */
export interface Ports {
  /** The model of an agent; `second` is the model of second opinions, null where none is configured. */
  chat(agent: string): ChatModel
  secondOpinion(): ChatModel | null
  embedder: Embedder | null
  /** Null where fetching is switched off. */
  fetcher: Fetcher | null
  /** Fetches and transcribes audio; only where the settings name a transcriber. */
  transcribe(audio: { url: string; language: string | null }): Promise<Transcription>
  known(): Promise<Known>
  neighbours(request: NeighboursRequest): Promise<Neighbourhood>
}

/** What a run publishes. Version and seq are assigned when it is written. */
export interface Outgoing {
  document: UnplacedDocument
  labels: LabelRow[]
  facets: NewFacet[]
  texts: Text[]
  reviews: NewReview[]
  intakeHash: string
}

/** The settings that hold for a step, and its ports. */
export interface Scoped {
  settings: GraphSettings
  ports: Ports
}

/** Everything bound to one run. It goes through `invoke(input, { context })`; the graph itself is compiled once. */
export interface RunContext {
  run: { id: string; parentId: string | null }
  itemId: string
  item: Item
  workspace: Workspace
  taxonomies: Taxonomies
  /** Changes with tables, phrases and vectors. */
  taxonomyVersion: string
  analysis: Analysis
  signal: AbortSignal
  /** What one execution of a step gets. */
  at(step: StepName): Scoped
  /** Tells those who follow the run that a step begins. */
  stepStarted?(step: Pick<Step, 'node' | 'visit' | 'superstep' | 'startedAt'>): void
  recordStep(step: Omit<Step, 'update'>, update: unknown): Promise<void>
  publish(outgoing: Outgoing): Promise<DocumentPlace>
  startedAt: number
  clock(): number
  /** What the run has cost so far, earlier attempts included. */
  spent(): Cost
  /** What the tokens of a model cost by the operator's price table. Null without a price. */
  price(model: string, tokens: Tokens): number | null
  /** Models without a price in a run with a budget in dollars. The budget does not limit what they cost. */
  unpriced: readonly string[]
}

export const GraphContext = z.object({ run: z.custom<RunContext>() })
