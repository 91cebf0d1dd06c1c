import type { ItemKind } from '../item.ts'
import type { Risk } from '../labels/suitability-label.ts'
import type { Understanding } from '../understanding-schema.ts'
import { AUDIENCE, type Audience, rateAudience } from './audience.ts'

/** AdCOM 1.0, List: Category Taxonomies: IAB Content Taxonomy 3.1. */
const CATTAX_IAB_CONTENT_3_1 = 9
const IAB_CONTENT = 'iab-content-3.1'
const APPLE_PODCASTS = 'apple-podcasts'
const MAX_KEYWORDS = 20

/** AdCOM 1.0, List: Content Contexts. In that list, music means any audio file or stream. */
const VIDEO = 1
const AUDIO = 3
const OTHER_CONTEXT = 6

/** The object `content` of OpenRTB 2.6 (section 3.2.16), as far as an understanding can fill it. */
export interface OpenRtbContent {
  id: string
  title?: string
  series?: string
  genre?: string
  album?: string
  producer?: { name: string; cattax?: number; cat?: string[] }
  cattax: number
  cat: string[]
  context: number
  /** Of the language: `clean`, `mild`, `explicit`. */
  contentrating?: string
  /** Media rating of the IQG: 1 all audiences, 2 everyone over 12, 3 mature. Left out unless all labels that it depends on are known. */
  qagmediarating?: Audience
  kwarray?: string[]
  livestream: 0
  /** Seconds. */
  len?: number
  /** ISO 639-1, two letters. */
  language?: string
  /** IETF BCP 47. It replaces `language` if the tag has more than a language. */
  langb?: string
  ext: { linernotes: LinernotesExt }
}

/** Facts that a buyer should know and for which OpenRTB has no field. */
interface LinernotesExt {
  version: number
  engine: string
  status: Understanding['status']
  /** Facets that were not answered. If `suitability` is one of them, the absence of categories means nothing. */
  missing: string[]
  /** Facets that hold back labels until a person has decided. */
  awaitingReview: string[]
  /** Contested and unreviewed labels are listed too, as `contested`, with the highest risk that they may turn out to have. */
  suitability: { category: string; name: string; risk: Risk; contested: boolean }[]
}

/**
 * An understanding as an OpenRTB 2.6 `content` object, for contextual targeting. Categories are the uncontested topics of IAB
 * Content 3.1, best first; other taxonomies have no number there and are left out. Keywords are the uncontested entities.
 * Suitability is in `ext`, because OpenRTB has no field for it. Contested suitability labels are kept, because an item must not
 * look safer while a question about it is open.
 */
export function toOpenRtbContent(document: Understanding): OpenRtbContent {
  const { item, topics, entities, timeline } = document
  const sure = topics.filter(({ contested }) => !contested)
  const durationMs = timeline.durationMs ?? item.durationMs
  const keywords = entities
    .filter(({ contested }) => !contested)
    .sort((a, b) => b.salience - a.salience)
    .slice(0, MAX_KEYWORDS)
    .map(({ name }) => name)
  const genre = sure.find(({ taxonomy }) => taxonomy === APPLE_PODCASTS)?.name
  const { title: parent, publisher } = item.parent ?? {}
  return {
    id: item.id,
    ...(item.title && { title: item.title }),
    ...(parent && (item.kind === 'song' ? { album: parent } : { series: parent })),
    ...(genre && { genre }),
    ...(publisher && { producer: { name: publisher } }),
    cattax: CATTAX_IAB_CONTENT_3_1,
    cat: sure.filter(({ taxonomy }) => taxonomy === IAB_CONTENT).map(({ id }) => id),
    context: contextOf(item.kind, timeline.audioUrl !== null),
    ...rating(document),
    ...(keywords.length > 0 && { kwarray: keywords }),
    livestream: 0,
    ...(durationMs !== null && { len: Math.round(durationMs / 1000) }),
    ...languageOf(item.language),
    ext: { linernotes: extensionOf(document) },
  }
}

function extensionOf({ version, provenance, status, abstentions, suitability }: Understanding): LinernotesExt {
  const facets = (waiting: boolean) =>
    abstentions.filter(({ withheld }) => (withheld !== undefined) === waiting).map(({ facet }) => facet)
  const withheld = abstentions.flatMap((abstention) => abstention.withheld ?? [])
  return {
    version,
    engine: provenance.engine,
    status,
    missing: [...new Set(facets(false))],
    awaitingReview: [...new Set(facets(true))],
    suitability: [
      ...suitability.map(({ category, name, risk, contested }) => ({ category, name, risk, contested })),
      ...withheld.map((label) => ({ ...label, contested: true })),
    ],
  }
}

function contextOf(kind: ItemKind, hasAudio: boolean): number {
  switch (kind) {
    case 'video':
      return VIDEO
    case 'song':
    case 'podcast_episode':
    case 'audiobook_chapter':
      return AUDIO
    case 'talk':
      return hasAudio ? AUDIO : OTHER_CONTEXT
  }
}

/** Buyers read "clean" as suitable for everybody, so we write it only if that is true. The other two values describe the language. */
function rating(document: Understanding): Pick<OpenRtbContent, 'contentrating' | 'qagmediarating'> {
  const { explicit } = document.attributes
  const { widest, certain } = rateAudience(document)
  const language = explicit === undefined || explicit.contested ? null : explicit.value
  const forAll = certain && widest === AUDIENCE.all
  return {
    ...(language !== null && (language !== 'clean' || forAll) && { contentrating: language }),
    ...(certain && { qagmediarating: widest }),
  }
}

/** `language` and `langb` exclude each other: `language` holds exactly two letters. */
function languageOf(tag: string | null): Pick<OpenRtbContent, 'language' | 'langb'> {
  if (tag === null) return {}
  return /^[a-z]{2}$/i.test(tag) ? { language: tag.toLowerCase() } : { langb: tag }
}
