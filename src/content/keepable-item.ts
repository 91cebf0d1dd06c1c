import type { Item } from './item.ts'
import { keepable } from './signed-url.ts'

/**
 * An item whose URLs carry neither user and password nor what signs them: the same item, however often its URLs are signed
 * anew. Calls ask for the same with it, because their canonical requests leave that out, too. Its texts stay as they are:
 * their hashes are what everything refers to.
 */
export function keepableItem(item: Item): Item {
  const { guid, url, transcripts, chaptersUrl, audio, artwork } = item
  return {
    ...item,
    ...(guid === undefined ? {} : { guid: keepable(guid) }),
    ...(url === undefined ? {} : { url: keepable(url) }),
    transcripts: transcripts.map((source) =>
      source.url === undefined ? source : { ...source, url: keepable(source.url) },
    ),
    ...(chaptersUrl === undefined ? {} : { chaptersUrl: keepable(chaptersUrl) }),
    ...(audio === undefined ? {} : { audio: { ...audio, url: keepable(audio.url) } }),
    ...(artwork === undefined ? {} : { artwork: { ...artwork, url: keepable(artwork.url) } }),
  }
}
