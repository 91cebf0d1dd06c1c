import { z } from '@hono/zod-openapi'

/** The other formats of an understanding, by media type, as the OpenAPI document shows them. */
export const OtherFormats = {
  'application/json+chapters': {
    schema: z
      .looseObject({
        version: z.literal('1.2.0'),
        title: z.string(),
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
