import { toJsonLd } from '../../content/formats/jsonld.ts'
import { toOpenRtbContent } from '../../content/formats/openrtb.ts'
import { toPodcastChapters } from '../../content/formats/podcast-chapters.ts'
import type { Understanding } from '../../content/understanding-schema.ts'
import { Problem } from './problem.ts'

/** The formats of an understanding. The first is the default. */
export const FORMATS = ['json', 'openrtb', 'chapters', 'jsonld'] as const
export type Format = (typeof FORMATS)[number]

/** OpenRTB's content object has no media type of its own, so only `?format=` selects it. */
const MEDIA_TYPES: Record<Format, string> = {
  json: 'application/json',
  openrtb: 'application/json',
  chapters: 'application/json+chapters',
  jsonld: 'application/ld+json',
}
const NEGOTIATED = ['json', 'chapters', 'jsonld'] as const satisfies readonly Format[]

/** The document in a format, with its media type. */
export function render(understanding: Understanding, format: Format): { type: string; body: string } {
  return { type: MEDIA_TYPES[format], body: JSON.stringify(convert(understanding, format)) }
}

function convert(understanding: Understanding, format: Format): unknown {
  switch (format) {
    case 'json':
      return understanding
    case 'openrtb':
      return toOpenRtbContent(understanding)
    case 'chapters':
      return toPodcastChapters(understanding)
    case 'jsonld':
      return toJsonLd(understanding)
  }
}

/**
 * The format that an `Accept` header asks for (RFC 9110, 12.5.1). The best quality wins, and a type's quality is that of the most exact
 * range. Among equals the earlier of {@link FORMATS} wins.
 * @throws {Problem} `not-acceptable` if no format is wanted.
 */
export function negotiate(accept: string | undefined): Format {
  if (accept === undefined || accept.trim() === '') return 'json'
  const ranges = accept.split(',').map(readRange)
  const wanted = NEGOTIATED.map((format) => ({ format, q: quality(ranges, MEDIA_TYPES[format]) })).filter(
    ({ q }) => q > 0,
  )
  const [best] = wanted.sort((a, b) => b.q - a.q)
  if (best === undefined)
    throw new Problem(
      'not-acceptable',
      `ask for one of ${NEGOTIATED.map((format) => MEDIA_TYPES[format]).join(', ')}, or use ?format=`,
    )
  return best.format
}

interface Range {
  type: string
  q: number
}

function readRange(range: string): Range {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { type, q: q === undefined ? 1 : Math.min(Math.max(Number(q) || 0, 0), 1) }
}

function quality(ranges: readonly Range[], mediaType: string): number {
  const [main] = mediaType.split('/')
  for (const type of [mediaType, `${main}/*`, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === type)
    if (range !== undefined) return range.q
  }
  return 0
}
