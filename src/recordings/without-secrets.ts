import type { Item } from '../content/item.ts'
import { keepable, withKeepableUrls } from '../content/signed-url.ts'
import type { Understanding } from '../content/understanding.ts'
import type { Step } from '../ledger/exchange.ts'

/**
 * An item whose URLs carry neither user and password nor what signs them. Calls ask for the same with it: their canonical
 * requests leave that out, too. Its texts stay as they are, because their hashes are what everything refers to.
 */
export function itemWithoutSecrets(item: Item): Item {
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

/** A document as an item without secrets leads to it. */
export function documentWithoutSecrets(document: Understanding): Understanding {
  const { timeline } = document
  if (timeline.audioUrl === null) return document
  return { ...document, timeline: { ...timeline, audioUrl: keepable(timeline.audioUrl) } }
}

/** Messages of errors may name addresses. */
export function stepWithoutSecrets(step: Step): Step {
  return step.error === null ? step : { ...step, error: withKeepableUrls(step.error) }
}
