import { z } from 'zod'
import { Item } from '../content/item.ts'
import { TextHash } from '../content/text/text.ts'
import { Segment } from '../content/transcript/segments.ts'
import { Understanding } from '../content/understanding-schema.ts'
import { EXCHANGE_KINDS, OUTCOMES } from '../ledger/exchange.ts'
import { RunConfiguration } from '../ledger/run-configuration-schema.ts'

export const PRODUCT = 'linernotes'
export const FORMAT_VERSION = 1
export const FORMAT_PREFIX = 'linernotes/recording/'
/** How every recording begins. */
export const FIRST_BYTES = `{"frame":"header","product":"${PRODUCT}",`
/** The names of recordings end so. The files are packed with gzip. */
export const RECORDING_EXTENSION = '.linernotes.gz'

const Count = z.int().min(0)
/** Names are shown in messages and on terminals, so they hold no control characters. */
const Name = z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u)
/** Times since the epoch, and durations. A clock that is set back makes a duration negative. */
const Milliseconds = z.number()

/** How many lines of each kind there are. */
const Counts = z.strictObject({ steps: Count, exchanges: Count, derived: Count, blobs: Count })
export type Counts = z.infer<typeof Counts>

const Header = z.strictObject({
  frame: z.literal('header'),
  product: z.literal(PRODUCT),
  format: z.literal(`${FORMAT_PREFIX}${FORMAT_VERSION}`),
  /** Version of linernotes that wrote the file. */
  createdBy: Name,
  /** True: texts were left out. Shapes, lengths and hashes are those of the run. */
  redacted: z.boolean(),
  counts: Counts,
})

export const FINAL_STATUSES = ['complete', 'partial', 'failed', 'cancelled', 'unchanged'] as const

const Run = z.strictObject({
  frame: z.literal('run'),
  id: Name,
  itemId: Name,
  parentRunId: Name.nullable(),
  status: z.enum(FINAL_STATUSES),
  createdAt: Milliseconds,
  startedAt: Milliseconds.nullable(),
  finishedAt: Milliseconds.nullable(),
  error: z.string().nullable(),
  /** The version that the run published. Null if it published nothing. */
  version: z.int().min(1).nullable(),
})

const ItemFrame = z.strictObject({ frame: z.literal('item'), item: Item })
const ConfigurationFrame = z.strictObject({ frame: z.literal('configuration'), configuration: RunConfiguration })
const DocumentFrame = z.strictObject({ frame: z.literal('document'), document: Understanding.nullable() })

const Step = z.strictObject({
  frame: z.literal('step'),
  node: Name,
  visit: Count,
  superstep: Count,
  startedAt: Milliseconds,
  ms: Milliseconds,
  /** The blob of the state update. Null if the node failed. */
  update: TextHash.nullable(),
  error: z.string().nullable(),
})

const Cost = z.strictObject({
  inputTokens: z.number().min(0),
  cachedTokens: z.number().min(0),
  outputTokens: z.number().min(0),
  usd: z.number().min(0).nullable(),
  /** Set if the tokens are an estimate. */
  estimatedUsd: z.number().min(0).nullable().optional(),
})

const Exchange = z.strictObject({
  frame: z.literal('exchange'),
  node: Name,
  visit: Count,
  kind: z.enum(EXCHANGE_KINDS),
  /** The number of the call among those of this kind in this visit, from 0. */
  n: Count,
  /** The number of the call among those of this kind in this visit that have the same request, from 0. */
  nth: Count,
  /** The blobs of the canonical request and of the answer. */
  request: TextHash,
  response: TextHash,
  outcome: z.enum(OUTCOMES),
  startedAt: Milliseconds,
  ms: Milliseconds,
  cost: Cost.nullable(),
  retries: Count,
})

const Segments = z.strictObject({
  frame: z.literal('derived'),
  textHash: TextHash,
  kind: z.literal('segments'),
  /** `segmenter@N` */
  version: Name,
  value: z.array(Segment),
})

const Vectors = z.strictObject({
  frame: z.literal('derived'),
  textHash: TextHash,
  kind: z.literal('vectors'),
  /** The vector space. */
  version: Name,
  /** Hash of the embedded text to its vector: little-endian Float32 as base64. */
  value: z.record(TextHash, z.string()),
})

const Blob = z.strictObject({
  frame: z.literal('blob'),
  hash: TextHash,
  /** Canonical JSON of a request, an answer or a state update, or a long string that was lifted out of one. */
  text: z.string(),
})

const Footer = z.strictObject({
  frame: z.literal('footer'),
  counts: Counts,
  /** Over the UTF-8 bytes of all lines before this one, line ends included. */
  sha256: TextHash,
})

/** One line of a recording. The order is: header, run, item, configuration, document, steps, exchanges, derived, blobs, footer. */
export const Frame = z
  .discriminatedUnion('frame', [
    Header,
    Run,
    ItemFrame,
    ConfigurationFrame,
    DocumentFrame,
    Step,
    Exchange,
    z.discriminatedUnion('kind', [Segments, Vectors]),
    Blob,
    Footer,
  ])
  .meta({ id: 'RecordingFrame' })
export type Frame = z.infer<typeof Frame>
export type FrameName = Frame['frame']
export type FrameOf<Name extends FrameName> = Extract<Frame, { frame: Name }>

/** What the first line says of the file. It is checked before the rest of the line. */
export const Claim = z.looseObject({ product: z.string(), format: z.string() })
