import type { ItemKind } from '../item.ts'
import type { Entity, EntityType } from '../labels/entity-label.ts'
import type { Topic } from '../labels/topic-label.ts'
import type { Understanding } from '../understanding-schema.ts'
import { AUDIENCE, rateAudience } from './audience.ts'

/** A node of a schema.org graph. */
export type JsonLdNode = { '@type': string; [property: string]: unknown }
export type JsonLd = JsonLdNode & { '@context': 'https://schema.org' }

const TYPES: Record<ItemKind, string> = {
  podcast_episode: 'PodcastEpisode',
  talk: 'AudioObject',
  audiobook_chapter: 'Chapter',
  song: 'MusicRecording',
  video: 'VideoObject',
}

const ENTITY_TYPES: Record<EntityType, string> = {
  person: 'Person',
  organisation: 'Organization',
  place: 'Place',
  work: 'CreativeWork',
  product: 'Product',
  event: 'Event',
  other: 'Thing',
}

/** Addresses at which the maintainers of the taxonomies publish them. */
const TERM_SETS: Readonly<Record<string, { name: string; url: string }>> = {
  'iab-content-3.1': {
    name: 'IAB Tech Lab Content Taxonomy 3.1',
    url: 'https://github.com/InteractiveAdvertisingBureau/Taxonomies',
  },
  'apple-podcasts': {
    name: 'Apple Podcasts categories',
    url: 'https://podcasters.apple.com/support/1691-apple-podcasts-categories',
  },
}

/** An understanding as schema.org JSON-LD, for web pages. Contested labels are left out. */
export function toJsonLd(document: Understanding): JsonLd {
  const { item, summary, topics, entities, chapters, timeline } = document
  const durationMs = timeline.durationMs ?? item.durationMs
  const type = TYPES[item.kind]
  const about = topics.filter(({ contested }) => !contested).map(definedTerm)
  const mentions = entities.filter(({ contested }) => !contested).map(entityNode)
  const clips = chapters.flatMap(({ title, startMs, endMs }) => (startMs === null ? [] : [clip(title, startMs, endMs)]))
  return {
    '@context': 'https://schema.org',
    '@type': type,
    identifier: item.id,
    ...(item.title && { name: item.title }),
    ...(summary?.short && { abstract: summary.short }),
    ...(summary?.long && { description: summary.long }),
    ...(item.language && { inLanguage: item.language }),
    ...(item.publishedAt && { datePublished: item.publishedAt }),
    ...familyFriendly(document),
    ...media(item.kind, timeline.audioUrl, durationMs),
    ...partOf(item),
    ...(about.length > 0 && { about }),
    ...(mentions.length > 0 && { mentions }),
    ...(clips.length > 0 && { hasPart: clips }),
  }
}

/** `false` as soon as a known label rules it out, `true` only if everything is known, else left out. */
function familyFriendly(document: Understanding): { isFamilyFriendly?: boolean } {
  const { widest, certain } = rateAudience(document)
  if (widest !== AUDIENCE.all) return { isFamilyFriendly: false }
  return certain ? { isFamilyFriendly: true } : {}
}

/** A media object holds the address of its own file; other works refer to a media object. */
function media(kind: ItemKind, url: string | null, durationMs: number | null): Record<string, unknown> {
  const duration = durationMs === null ? {} : { duration: isoDuration(durationMs) }
  const isMedia = kind === 'talk' || kind === 'video'
  if (isMedia) return { ...(url !== null && { contentUrl: url }), ...duration }
  const file = url === null ? {} : { associatedMedia: { '@type': 'AudioObject', contentUrl: url, ...duration } }
  // Recordings and episodes have `duration`; a chapter of a book has `timeRequired`.
  return { ...file, ...(kind === 'audiobook_chapter' ? renamed(duration) : duration) }
}

const renamed = ({ duration }: { duration?: string }) => (duration === undefined ? {} : { timeRequired: duration })

function partOf({ kind, parent }: Understanding['item']): Record<string, unknown> {
  if (parent?.title === undefined) return {}
  const publisher = parent.publisher ? { publisher: { '@type': 'Organization', name: parent.publisher } } : {}
  const whole = (type: string) => ({ '@type': type, name: parent.title, ...publisher })
  switch (kind) {
    case 'podcast_episode':
      return { partOfSeries: whole('PodcastSeries') }
    case 'song':
      return { inAlbum: { '@type': 'MusicAlbum', name: parent.title } }
    case 'audiobook_chapter':
      return { isPartOf: whole('Audiobook') }
    case 'talk':
    case 'video':
      return { isPartOf: whole('CreativeWorkSeries') }
  }
}

function definedTerm({ taxonomy, id, name }: Topic): JsonLdNode {
  return { '@type': 'DefinedTerm', name, termCode: id, inDefinedTermSet: termSet(taxonomy) }
}

/** schema.org expects an address or a set here; the name of a taxonomy is neither. */
function termSet(taxonomy: string): JsonLdNode {
  return { '@type': 'DefinedTermSet', identifier: taxonomy, ...TERM_SETS[taxonomy] }
}

function entityNode({ name, type, aliases, sameAs }: Entity): JsonLdNode {
  return {
    '@type': ENTITY_TYPES[type],
    name,
    ...(aliases.length > 0 && { alternateName: aliases }),
    ...(sameAs.length > 0 && { sameAs }),
  }
}

/** Offsets in seconds, as in schema.org's Clip. */
function clip(name: string, startMs: number, endMs: number | null): JsonLdNode {
  return { '@type': 'Clip', name, startOffset: startMs / 1000, ...(endMs !== null && { endOffset: endMs / 1000 }) }
}

/** ISO 8601, whole seconds: `PT59M1S`. */
export function isoDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const parts = `${h > 0 ? `${h}H` : ''}${m > 0 ? `${m}M` : ''}${s > 0 ? `${s}S` : ''}`
  return `PT${parts || '0S'}`
}
