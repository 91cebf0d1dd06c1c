import type { Item } from './item.ts'
import { keepable } from './signed-url.ts'

/**
 * Removes user, password and signatures from an item's URLs. The result stays the same, however often the URLs are signed
 * again. Calls made with it have the same canonical requests, because those leave the secrets out too. The texts do not
 * change, because everything refers to them by their hashes.
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
