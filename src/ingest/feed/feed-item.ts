import type { RssFeed as Rss } from 'feedsmith'
import type { z } from 'zod'
import { Item, type ItemInput, type ItemKind, type Parent } from '../../content/item.ts'
import { firstMistake } from '../../content/validation/mistakes.ts'
import { parseClock } from '../transcripts/clock-times.ts'
import { htmlToText } from './html-text.ts'

export type RssFeed = Rss.Feed<string>
export type RssItem = Rss.Item<string>
export type Show = z.infer<typeof Parent>

/** Collects warnings about dropped values, with the name of the episode. */
export type Warn = (what: string) => void

const shape = Item.shape

/** The value if the schema accepts it, else undefined and a warning. */
function validOrWarn<T extends z.ZodType>(
  schema: T,
  value: unknown,
  what: string,
  warn: Warn,
): z.output<T> | undefined {
  if (value === undefined || value === '') return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  warn(`${what} was dropped: ${firstMistake(schema, value)}`)
  return undefined
}

/** Resolves a relative address against the address of the feed; drops schemes other than http and https. */
function link(value: string | undefined, base: string | undefined, what: string, warn: Warn): string | undefined {
  if (value === undefined || value.trim() === '') return undefined
  const url = URL.parse(value.trim(), base)
  return validOrWarn(shape.url, url?.href ?? value, what, warn)
}

/** The canonical form of a BCP 47 tag; null for other text ("English"). */
export function languageTag(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  try {
    const tag = Intl.getCanonicalLocales(value.trim().replaceAll('_', '-'))[0]
    return tag !== undefined && /^[a-z]{2,3}(?:-|$)/.test(tag) && shape.language.safeParse(tag).success
      ? tag
      : undefined
  } catch {
    return undefined
  }
}

function isoDate(value: string | undefined, warn: Warn): string | undefined {
  if (value === undefined) return undefined
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) {
    warn(`the publication date "${value.slice(0, 40)}" was dropped: it is no date`)
    return undefined
  }
  return validOrWarn(shape.publishedAt, date.toISOString(), 'the publication date', warn)
}

/** The kind of content for a `medium` of the podcast namespace. */
export function kindOf(medium: string | undefined): ItemKind {
  switch (medium?.trim().toLowerCase().replace(/l$/, '')) {
    case 'music':
      return 'song'
    case 'audiobook':
      return 'audiobook_chapter'
    case 'video':
    case 'fi':
    case 'film':
      return 'video'
    default:
      return 'podcast_episode'
  }
}

function descriptionOf(item: RssItem): string {
  const texts = [item.content?.encoded, item.description, item.itunes?.summary, item.itunes?.subtitle].flatMap(
    (text) => (text === undefined ? [] : [htmlToText(text)]),
  )
  return cut(
    texts.reduce((longest, text) => (text.length > longest.length ? text : longest), ''),
    200_000,
  )
}

const cut = (text: string, length: number) =>
  text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')

function audioOf(item: RssItem, base: string | undefined, warn: Warn): ItemInput['audio'] {
  const playable = item.enclosures?.find(
    ({ type, url }) =>
      /^(?:audio|video)\//i.test(type ?? '') ||
      /\.(?:mp3|m4a|ogg|opus|aac|wav|flac|mp4|m4v|mov)(?:$|\?)/i.test(url ?? ''),
  )
  const url = link(playable?.url, base, 'the audio', warn)
  const type = playable?.type?.trim().slice(0, 200)
  return url === undefined ? undefined : { url, ...(type ? { type } : {}) }
}

function transcriptsOf(item: RssItem, base: string | undefined, warn: Warn): NonNullable<ItemInput['transcripts']> {
  return (item.podcast?.transcripts ?? []).slice(0, 20).flatMap((source) => {
    const url = link(source.url, base, 'a transcript', warn)
    if (url === undefined) return []
    const language = languageTag(source.language)
    const type = source.type?.trim().slice(0, 200)
    const rel = source.rel?.trim().slice(0, 100)
    return [{ url, ...(type ? { type } : {}), ...(language ? { language } : {}), ...(rel ? { rel } : {}) }]
  })
}

/** Podlove Simple Chapters, which are part of the feed itself. */
function chaptersOf(item: RssItem): NonNullable<ItemInput['chapters']> {
  return (item.psc?.chapters ?? []).slice(0, 5000).flatMap((chapter) => {
    const startMs = parseClock(chapter.start ?? '')
    const title = cut(htmlToText(chapter.title ?? '').replace(/\n+/g, ' '), 1000)
    return startMs === null || title === '' ? [] : [{ startMs, title }]
  })
}

function durationOf(item: RssItem, warn: Warn): number | undefined {
  const seconds = item.itunes?.duration
  if (seconds === undefined || seconds === 0) return undefined
  return validOrWarn(shape.durationMs, Math.round(seconds * 1000), 'the duration', warn)
}

/** Removes undefined fields: the item schema accepts absent fields, but not undefined ones. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  const result: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  return Object.assign(result, Object.fromEntries(entries))
}

/** Converts an episode to an item; invalid values are left out with a warning. */
export function feedItem(
  item: RssItem,
  feed: {
    show: Show
    kind: ItemKind
    language: string | undefined
    explicit: boolean | undefined
    image: string | undefined
    categories: string[]
    baseUrl: string | undefined
  },
  warn: Warn,
): ItemInput {
  const base = feed.baseUrl
  const artwork = link(item.itunes?.image ?? item.podcast?.images?.[0]?.href, base, 'the artwork', warn) ?? feed.image
  const own = item.categories?.flatMap(({ name }) => (name ? [cut(htmlToText(name), 200)] : [])) ?? []
  const categories = [...new Set([...own, ...feed.categories])].filter((name) => name !== '').slice(0, 50)
  return {
    kind: feed.kind,
    title: cut(htmlToText(item.title ?? item.itunes?.title ?? ''), 10_000),
    description: descriptionOf(item),
    transcripts: transcriptsOf(item, base, warn),
    chapters: chaptersOf(item),
    parent: feed.show,
    ...present({
      guid: validOrWarn(shape.guid, item.guid?.value?.trim(), 'the guid', warn),
      url: link(item.link, base, 'the link', warn),
      language: feed.language,
      publishedAt: isoDate(item.pubDate, warn),
      durationMs: durationOf(item, warn),
      explicit: item.itunes?.explicit ?? feed.explicit,
      categories: categories.length > 0 ? categories : undefined,
      chaptersUrl: link(item.podcast?.chapters?.url, base, 'the chapters', warn),
      audio: audioOf(item, base, warn),
      artwork: artwork === undefined ? undefined : { url: artwork },
    }),
  }
}
