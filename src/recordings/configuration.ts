import { z } from 'zod'
import { Understanding } from '../content/understanding.ts'

/** What code can see of a chat model without asking it. */
export const ModelIdentity = z.strictObject({
  name: z.string(),
  readsTask: z.boolean(),
  sees: z.boolean(),
  contextTokens: z.int().positive(),
  /** All languages where absent. */
  languages: z.union([z.array(z.string()), z.literal('any')]).optional(),
})
export type ModelIdentity = z.infer<typeof ModelIdentity>

/**
 * What determined a run beside its item: stored with the run, carried by its recording, and what a replay is set up from.
 * Names and numbers only: no URL of an endpoint, no key, no tenant.
 */
export const RunConfiguration = z.strictObject({
  /** False: no URL of the item was fetched. */
  fetch: z.boolean(),
  /** Agent to prompt, as it was in force; `chosenPrompts` are those that the operator chose over the code's own. */
  prompts: z.record(z.string(), z.string()),
  chosenPrompts: z.record(z.string(), z.string()),
  effort: Understanding.shape.provenance.shape.effort,
  requested: z.array(z.string()),
  engine: z.string(),
  limits: z.strictObject({ rounds: z.int().nullable(), maxOutputTokens: z.int().nullable() }),
  /** By agent; also of the critic and of the one that chooses a transcript. */
  models: z.record(z.string(), ModelIdentity),
  secondOpinion: ModelIdentity.nullable(),
  embedder: z
    .strictObject({
      space: z.string(),
      dimension: z.int().positive(),
      languages: z.union([z.array(z.string()), z.literal('any')]),
      local: z.boolean(),
    })
    .nullable(),
  transcriber: z.string().nullable(),
  taxonomyVersion: z.string(),
})
export type RunConfiguration = z.infer<typeof RunConfiguration>
