import { z } from 'zod'
import { Understanding } from '../content/understanding-schema.ts'

/** What code can see of a chat model without asking it. */
export const ModelIdentity = z.strictObject({
  name: z.string(),
  readsTask: z.boolean(),
  sees: z.boolean(),
  contextTokens: z.int().positive(),
  /** All languages where absent. */
  languages: z.union([z.array(z.string()), z.literal('any')]).optional(),
  /** All agents where absent. */
  agents: z.array(z.string()).optional(),
})
export type ModelIdentity = z.infer<typeof ModelIdentity>

/** What code can see of the ports of a run without asking them. */
const SeenPorts = z.strictObject({
  /** False: no URL of the item was fetched. */
  fetch: z.boolean(),
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
})

/**
 * Steps that a fork's parent recorded to their end, of those that are not downstream of the step it goes live at: they stay
 * recorded, and all others are live. Null: of a fork by an earlier version, in which all that are not downstream stay recorded.
 */
const WholeSteps = z.array(z.string()).nullable().default(null)

/** The ports of a part of a run: of what goes live at a step, or of everything (`null`). Later layers cover earlier ones. */
const Layer = SeenPorts.extend({ from: z.string().nullable(), whole: WholeSteps })
export type Layer = z.infer<typeof Layer>

/** What makes a run a fork of its parent: with it, and with the parent's ledger, a fork that dies is resumed as the same fork. */
export const ForkConfiguration = z.strictObject({
  /** The step that goes live with everything downstream, `topics.0`; null where only models answer anew. */
  at: z.string().nullable(),
  whole: WholeSteps,
  live: z.literal('chat').nullable(),
  /** With `live`: a call of another kind that the parent did not make ends the fork. */
  strict: z.boolean(),
  /** Prompts in place of the parent's, by agent. */
  prompts: z.record(z.string(), z.string()),
  /** The model that answers what is live; null: whichever is configured. */
  model: z.string().nullable(),
  /** Ports of the part that stays recorded; empty where none stays as a whole. */
  recorded: z.array(Layer),
})
export type ForkConfiguration = z.infer<typeof ForkConfiguration>

/**
 * What determined a run beside its item: stored with the run, carried by its recording, and what a replay is set up from.
 * Names and numbers only: no URL of an endpoint, no key, no tenant.
 */
export const RunConfiguration = z.strictObject({
  ...SeenPorts.shape,
  /** Agent to prompt, as it was in force; `chosenPrompts` are those that the operator chose over the code's own. */
  prompts: z.record(z.string(), z.string()),
  chosenPrompts: z.record(z.string(), z.string()),
  effort: Understanding.shape.provenance.shape.effort,
  requested: z.array(z.string()),
  engine: z.string(),
  limits: z.strictObject({ rounds: z.int().nullable(), maxOutputTokens: z.int().nullable() }),
  /** Null where there was no bound. */
  maxTranscriptChars: z.int().nullable().default(null),
  taxonomyVersion: z.string(),
  /** Models without a price where a budget in dollars was set: it did not limit them. */
  unpriced: z.array(z.string()).default([]),
  fork: ForkConfiguration.nullable().default(null),
})
export type RunConfiguration = z.infer<typeof RunConfiguration>

/** The ports of a run, part by part: a fork has those of its parent where it stayed recorded, and its own from there on. */
export function layersOf({ fork, fetch, models, secondOpinion, embedder, transcriber }: RunConfiguration): Layer[] {
  const own = {
    fetch,
    models,
    secondOpinion,
    embedder,
    transcriber,
    from: fork?.at ?? null,
    whole: fork?.whole ?? null,
  }
  return fork === null || fork.at === null ? [own] : [...fork.recorded, own]
}
