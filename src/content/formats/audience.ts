import type { Attributes } from '../labels/attribute-label.ts'
import type { Suitability } from '../labels/suitability-label.ts'
import type { Understanding } from '../understanding-schema.ts'

/** From the widest to the narrowest, numbered as in AdCOM 1.0, List: Media Ratings. */
export const AUDIENCE = { all: 1, over12: 2, mature: 3 } as const
export type Audience = (typeof AUDIENCE)[keyof typeof AUDIENCE]

/** The audience that an item is suitable for, as far as it is known. */
interface AudienceRating {
  /** The widest audience that no known label rules out. */
  widest: Audience
  /** True if no missing, contested or unreviewed label could make the audience narrower. Only then may we claim it. */
  certain: boolean
}

type Rated = Pick<Understanding, 'attributes' | 'suitability' | 'abstentions' | 'texts' | 'provenance'>

/**
 * Derives the audience from the subjects and from the language: an episode about a murder is not for children even if its
 * language is clean. A contested label only makes the result uncertain.
 */
export function rateAudience(document: Rated): AudienceRating {
  const { suitability, attributes } = document
  const language = byLanguage(attributes)
  const categories = suitability.filter(({ contested }) => !contested).map(byCategory)
  const widest = narrowest([...(language === null ? [] : [language]), ...categories])
  return { widest, certain: widest === AUDIENCE.mature || (language !== null && knowsSuitability(document)) }
}

function narrowest(audiences: readonly Audience[]): Audience {
  return [AUDIENCE.mature, AUDIENCE.over12].find((audience) => audiences.includes(audience)) ?? AUDIENCE.all
}

function byLanguage({ explicit }: Attributes): Audience | null {
  if (explicit === undefined || explicit.contested) return null
  switch (explicit.value) {
    case 'clean':
      return AUDIENCE.all
    case 'mild':
      return AUDIENCE.over12
    case 'explicit':
      return AUDIENCE.mature
  }
}

function byCategory({ risk, prevalence }: Suitability): Audience {
  switch (risk) {
    case 'floor':
    case 'high':
      return AUDIENCE.mature
    case 'medium':
      return AUDIENCE.over12
    case 'low':
      return prevalence === 'dominant' ? AUDIENCE.over12 : AUDIENCE.all
  }
}

/** The absence of categories is informative only if the words were read and the question was answered and is not under review. */
function knowsSuitability({ suitability, abstentions, texts, provenance }: Rated): boolean {
  return (
    texts.transcript !== undefined &&
    provenance.facets.suitability !== undefined &&
    !abstentions.some(({ facet }) => facet === 'suitability') &&
    !suitability.some(({ contested }) => contested)
  )
}
