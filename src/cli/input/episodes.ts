import type { ItemInput } from '../../content/item.ts'
import { type ParsedFeed, readFeed } from '../../ingest/feed/read-feed.ts'
import { clock, padEnd, safe, truncate } from '../render/terminal-layout.ts'
import { badUse } from '../terminal/exit-code.ts'

const MAX_LISTED = 20

export interface EpisodeChoice {
  episode?: string | undefined
  all?: boolean | undefined
}

/**
 * The episodes of a feed that were asked for: by number (1 is the first in the feed), by guid, or by a part of the title.
 * @throws {CliError} which lists the episodes if none or several match; {FeedError}
 */
export function chooseEpisodes(
  bytes: Uint8Array,
  { episode, all, baseUrl }: EpisodeChoice & { baseUrl?: string },
): { items: ItemInput[]; warnings: string[] } {
  const feed = readFeed(bytes, baseUrl === undefined ? {} : { baseUrl })
  if (all === true && episode !== undefined) throw badUse('--all takes every episode: leave out --episode, or --all')
  if (all === true) return { items: feed.items, warnings: feed.warnings }
  if (episode === undefined)
    throw badUse(
      `this is a feed with ${feed.items.length} ${feed.items.length === 1 ? 'episode' : 'episodes'}: choose one with --episode <number, guid or part of the title>, or take --all`,
      list(feed),
    )
  const found = find(feed, episode)
  return { items: [found], warnings: feed.warningsFor(feed.items.indexOf(found)) }
}

function find(feed: ParsedFeed, wanted: string): ItemInput {
  const { items } = feed
  const byGuid = items.find(({ guid }) => guid === wanted)
  if (byGuid !== undefined) return byGuid
  const numbered = /^[1-9]\d*$/.test(wanted) ? items[Number(wanted) - 1] : undefined
  if (numbered !== undefined) return numbered
  const fold = (text: string) => text.normalize('NFC').toLowerCase()
  const titled = items.filter(({ title }) => fold(title ?? '').includes(fold(wanted)))
  const exact = titled.filter(({ title }) => fold(title ?? '') === fold(wanted))
  const [only, ...more] = exact.length > 0 ? exact : titled
  if (only !== undefined && more.length === 0) return only
  if (only === undefined)
    throw badUse(`no episode has "${wanted}" as its number, as its guid or in its title`, list(feed))
  throw badUse(
    `"${wanted}" fits ${more.length + 1} episodes; give more of the title, or the number`,
    list(feed, [only, ...more]),
  )
}

function list({ items }: ParsedFeed, chosen: readonly ItemInput[] = items): string {
  const lines = chosen.slice(0, MAX_LISTED).map((item) => {
    const number = String(items.indexOf(item) + 1).padStart(4)
    const day = item.publishedAt?.slice(0, 10) ?? '          '
    const length = clock(item.durationMs ?? null).padStart(8)
    const text = (item.transcripts?.length ?? 0) > 0 ? 'transcript' : ''
    return `${number}  ${day}  ${length}  ${padEnd(text, 10)}  ${truncate(safe(item.title ?? ''), 70)}`
  })
  if (chosen.length > MAX_LISTED) lines.push(`      … and ${chosen.length - MAX_LISTED} more`)
  return lines.join('\n')
}
