import { parseRssFeed } from 'feedsmith'
import { Item, type ItemInput } from '../../content/item.ts'
import { decodeFeed, FeedError, rootOf } from './feed-bytes.ts'
import { feedItem, kindOf, languageTag, type RssFeed, type Show } from './feed-item.ts'
import { htmlToText } from './html-text.ts'

export interface ParsedFeed {
  show: Show
  /** In the order of the feed; each is a valid item. */
  items: ItemInput[]
  /** One sentence for each dropped value. */
  warnings: string[]
  /** The warnings about the whole feed and about the episode at an index (from 0). */
  warningsFor(at: number): string[]
}

/** Repairs an incomplete download: it is read up to its last complete episode. */
function wholeEpisodes(xml: string): { xml: string; cut: boolean } {
  if (rootOf(xml) !== 'rss' || /<\/rss\s*>/i.test(xml.slice(-5000))) return { xml, cut: false }
  const end = xml.lastIndexOf('</item>')
  return { xml: end === -1 ? xml : `${xml.slice(0, end)}</item></channel></rss>`, cut: true }
}

function parse(xml: string): RssFeed {
  if (xml.trim() === '') throw new FeedError('empty', 'The feed is empty. Check its address.')
  try {
    return parseRssFeed(xml)
  } catch (error) {
    const root = rootOf(xml)
    if (root === 'feed') {
      throw new FeedError(
        'not_a_feed',
        'This is an Atom feed; podcasts are published as RSS. Give the address of the RSS feed.',
        { cause: error },
      )
    }
    if (root === null) {
      throw new FeedError(
        'not_a_feed',
        'This is not an RSS feed. Give the address of the feed itself, not that of a web page.',
        { cause: error },
      )
    }
    throw new FeedError('broken', 'The feed is broken XML, or has no channel. Check that the file is complete.', {
      cause: error,
    })
  }
}

interface Category {
  text?: string
  categories?: Category[]
}

function categoryNames(categories: readonly Category[], depth = 0): string[] {
  if (depth > 3) return []
  return categories.flatMap(({ text, categories: below }) => [
    ...(text ? [htmlToText(text).slice(0, 200)] : []),
    ...categoryNames(below ?? [], depth + 1),
  ])
}

function showOf(feed: RssFeed, baseUrl: string | undefined): Show {
  const title = htmlToText(feed.title ?? feed.itunes?.title ?? '').slice(0, 2000)
  const publisher = htmlToText(
    feed.itunes?.author ?? feed.itunes?.owner?.name ?? feed.managingEditor?.name ?? '',
  ).slice(0, 2000)
  const id = feed.podcast?.guid ?? baseUrl ?? feed.link
  return {
    kind: 'show',
    ...(id !== undefined && id.length <= 200 ? { id } : {}),
    ...(title === '' ? {} : { title }),
    ...(publisher === '' ? {} : { publisher }),
  }
}

/**
 * Reads an RSS feed with the podcast and iTunes namespaces into items. Invalid fields of an episode are left out with a warning;
 * one bad field never costs the whole episode.
 * @param options.baseUrl the address of the feed; relative addresses are resolved against it.
 * @throws {FeedError}
 */
export function readFeed(input: Uint8Array | string, options: { baseUrl?: string } = {}): ParsedFeed {
  const { xml, cut } = wholeEpisodes(decodeFeed(input))
  const feed = parse(xml)
  const ofFeed = cut ? ['The feed breaks off before its end; what follows its last whole episode is missing.'] : []
  if (feed.items === undefined || feed.items.length === 0) {
    throw new FeedError(
      'no_episodes',
      `The feed${feed.title ? ` "${htmlToText(feed.title).slice(0, 80)}"` : ''} has no episodes. Check that it is a show's feed and complete.`,
    )
  }
  const language = languageTag(feed.language)
  if (feed.language !== undefined && language === undefined)
    ofFeed.push(`The feed's language "${feed.language.slice(0, 40)}" is no language tag and was dropped.`)
  const image = URL.parse(feed.itunes?.image ?? feed.image?.url ?? '', options.baseUrl)?.href
  const channel = {
    show: showOf(feed, options.baseUrl),
    kind: kindOf(feed.podcast?.medium),
    language,
    explicit: feed.itunes?.explicit,
    image: Item.shape.url.safeParse(image).success ? image : undefined,
    categories: [...new Set(categoryNames(feed.itunes?.categories ?? []))],
    baseUrl: options.baseUrl,
  }
  const ofEpisodes: string[][] = []
  const items = feed.items.map((item, at) => {
    const own: string[] = []
    ofEpisodes.push(own)
    return feedItem(item, channel, (what) =>
      own.push(`Episode ${at + 1}${item.title ? ` ("${item.title.slice(0, 60)}")` : ''}: ${what}.`),
    )
  })
  return {
    show: channel.show,
    items,
    warnings: [...ofFeed, ...ofEpisodes.flat()],
    warningsFor: (at) => [...ofFeed, ...(ofEpisodes[at] ?? [])],
  }
}
