import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { Item, ItemInput } from '../../content/item.ts'
import { isFeed } from '../../ingest/feed/feed-bytes.ts'
import type { Fetcher } from '../../ingest/fetch/fetcher.ts'
import { badUse } from '../terminal/exit-code.ts'
import { fillFrom, itemJson, metadataBeside, parseItem, transcriptBeside } from './item-file.ts'
import { readSource, type Source } from './read-bytes.ts'
import { dropHeadingsOf, transcriptItem } from './transcript-item.ts'

/** What the user says about the item. It takes precedence over what files say. */
export interface Overrides {
  id?: string | undefined
  title?: string | undefined
  kind?: string | undefined
  language?: string | undefined
}

export interface LoadOptions {
  overrides: Overrides
  episode?: string | undefined
  all?: boolean | undefined
  dropHeadings: boolean
}

export interface LoadDeps {
  stdin: Readable
  /** The longest transcript that is accepted, in characters. */
  maxChars: number
  fetcher: () => Fetcher
  signal: AbortSignal
}

export interface Loaded {
  items: Item[]
  /** What the user should know, in one sentence each. */
  notes: string[]
}

/**
 * Builds items from what the user named: a transcript in any format (with `<name>.item.json` beside it), an item as JSON, or a feed. The
 * content decides which of them it is, not the name.
 * @throws {CliError | TranscriptError | FeedError | FetchError}
 */
export async function loadItems(name: string, options: LoadOptions, deps: LoadDeps): Promise<Loaded> {
  const source = await readSource(name, deps)
  if (isFeed(source.bytes)) return feedItems(source, options)
  if (options.episode !== undefined || options.all === true)
    throw badUse(`${name} is not a feed: --episode and --all choose from a feed`)
  const given = itemJson(source.bytes)
  const { item, notes } =
    given === null ? await fromTranscript(source, options, deps) : await fromItem(given, source, options, deps)
  return { items: [parseItem(item, defined(options.overrides), name)], notes }
}

async function feedItems(source: Source, { overrides, episode, all, dropHeadings }: LoadOptions): Promise<Loaded> {
  const { chooseEpisodes } = await import('./episodes.ts')
  const { items, warnings } = chooseEpisodes(source.bytes, {
    episode,
    all,
    ...(source.kind === 'url' ? { baseUrl: source.name } : {}),
  })
  const own = (['id', 'title'] as const).find((name) => overrides[name] !== undefined)
  if (items.length > 1 && own !== undefined)
    throw badUse(
      `--${own} is for one item, and --all takes ${items.length}: leave it out, or choose one with --episode`,
    )
  const notes = dropHeadings ? [...warnings, HEADINGS_ELSEWHERE] : warnings
  return { items: items.map((item) => parseItem(item, defined(overrides), source.name)), notes }
}

const HEADINGS_ELSEWHERE =
  'transcripts that are fetched keep their headings: --drop-headings works only on transcripts that are given as text'

interface Draft {
  item: object
  notes: string[]
}

async function fromTranscript(
  { kind, name, bytes }: Source,
  { dropHeadings }: LoadOptions,
  { maxChars }: LoadDeps,
): Promise<Draft> {
  const { item, notes } = transcriptItem(bytes, { name, dropHeadings, maxChars })
  const transcript: ItemInput = { kind: 'talk', ...item }
  if (kind === 'url') return { item: { url: name, ...transcript }, notes }
  const beside = kind === 'file' ? await metadataBeside(name) : null
  if (beside === null) return { item: transcript, notes }
  return { item: fillFrom(beside.item, transcript), notes: [`metadata from ${beside.path}`, ...notes] }
}

async function fromItem(
  item: Record<string, unknown>,
  { kind, name }: Source,
  { dropHeadings }: LoadOptions,
  deps: LoadDeps,
): Promise<Draft> {
  const beside = kind === 'file' && item.transcripts === undefined ? await transcriptBeside(name) : null
  if (beside === null) return dropHeadings ? withoutHeadings(item) : { item, notes: [] }
  const { bytes } = await readSource(beside, deps)
  const transcript = transcriptItem(bytes, { name: beside, dropHeadings, maxChars: deps.maxChars })
  return { item: fillFrom(item, transcript.item), notes: [`transcript from ${beside}`, ...transcript.notes] }
}

/** An item whose transcripts have no headings any more. Transcripts that are only linked are not changed. */
function withoutHeadings(item: Record<string, unknown>): Draft {
  const transcripts: unknown[] = Array.isArray(item.transcripts) ? item.transcripts : []
  const read = transcripts.map((given) => ({ given, inline: Inline.safeParse(given).data }))
  const withoutHeadings = read.map(({ given, inline }) =>
    inline === undefined ? given : { ...inline, text: dropHeadingsOf(inline) },
  )
  return {
    item: { ...item, ...(withoutHeadings.length > 0 && { transcripts: withoutHeadings }) },
    notes: read.every(({ inline }) => inline !== undefined) ? [] : [HEADINGS_ELSEWHERE],
  }
}

/** A transcript whose text is in the item. Its other members are checked together with the item. */
const Inline = z.looseObject({ text: z.string(), type: z.string().optional() })

function defined(overrides: Overrides): Partial<Overrides> {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))
}
