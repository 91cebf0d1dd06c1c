import { z } from 'zod'

/** Published items near this one, as they were when the run asked. `find_similar` searches nothing else. */
export const Neighbourhood = z.strictObject({
  /** Null if the index answered; else the reason why there are no neighbours. */
  unavailable: z.string().nullable(),
  /** The vector space of the vectors; null without neighbours. */
  space: z.string().nullable(),
  items: z.array(
    z.strictObject({
      itemId: z.string(),
      /** Cosine, 3 decimals. */
      score: z.number(),
      /** `taxonomy/id` of published topics: priors, never evidence. */
      topics: z.array(z.string()),
      vector: z.array(z.number()).nullable(),
      textHash: z.string().nullable(),
    }),
  ),
})
export type Neighbourhood = z.infer<typeof Neighbourhood>
