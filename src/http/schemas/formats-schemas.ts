import { z } from 'zod'
import { Risk } from '../../content/labels/suitability-label.ts'
import { Understanding } from '../../content/understanding-schema.ts'

const LinernotesExt = z.looseObject({
  version: z.int(),
  engine: z.string(),
  status: z.enum(['complete', 'partial']),
  missing: z.array(z.string()).describe('Facets that were not answered.'),
  awaitingReview: z.array(z.string()).describe('Facets with labels that are held back until a person has decided.'),
  suitability: z
    .array(z.looseObject({ category: z.string(), name: z.string(), risk: Risk, contested: z.boolean() }))
    .describe('Includes labels that await review, as `contested`, because they may turn out to be right.'),
})
const OpenRtbContent = z
  .looseObject({
    id: z.string(),
    cattax: z.literal(9),
    cat: z.array(z.string()),
    context: z.int(),
    ext: z.looseObject({ linernotes: LinernotesExt }),
  })
  .meta({ id: 'OpenRtbContent', description: 'The object `content` of OpenRTB 2.6; with `format=openrtb`.' })

/** The formats of an understanding, by media type, as the OpenAPI document shows them. */
export const FormatContents = {
  'application/json': { schema: z.union([Understanding, OpenRtbContent]) },
  'application/json+chapters': {
    schema: z
      .looseObject({
        version: z.literal('1.2.0'),
        title: z.string().optional().describe('Absent if the item has no title.'),
        podcastName: z.string().optional(),
        chapters: z.array(
          z.looseObject({ startTime: z.number().min(0), endTime: z.number().min(0).optional(), title: z.string() }),
        ),
      })
      .meta({ id: 'PodcastChapters' }),
  },
  'application/ld+json': {
    schema: z.looseObject({ '@context': z.literal('https://schema.org'), '@type': z.string() }).meta({ id: 'JsonLd' }),
  },
}
