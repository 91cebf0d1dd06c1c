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
export const PortIdentities = z.strictObject({
  /** False: no URL of the item is fetched. */
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
  /** Null where none is configured, and where nothing is fetched. */
  transcriber: z.string().nullable(),
})
export type PortIdentities = z.infer<typeof PortIdentities>

/** Who answers for an agent. One that came after the run was made has the model that the others had. */
export function modelFor({ models }: Pick<PortIdentities, 'models'>, agent: string): ModelIdentity {
  const found = models[agent] ?? Object.values(models)[0]
  if (found === undefined) throw new Error('the settings of the run name no model')
  return found
}

/** Settings that determine what the graph does. All of them are part of fingerprints where they matter. */
export const GraphSettings = z.strictObject({
  effort: Understanding.shape.provenance.shape.effort,
  /** Facets that run even where nothing changed. */
  requested: z.array(z.string()),
  /** Agent to prompt, as it is in force. */
  prompts: z.record(z.string(), z.string()),
  /** Name of the engine as provenance shows it. */
  engine: z.string(),
  limits: z.strictObject({ rounds: z.int().nullable(), maxOutputTokens: z.int().nullable() }),
  /** Longest transcript that is worked through; null: of any length. */
  maxTranscriptChars: z.int().nullable(),
  ports: PortIdentities,
})
export type GraphSettings = z.infer<typeof GraphSettings>

/** Steps that a fork's parent recorded to their end, of those that are not downstream of the step it goes live at. */
const WholeSteps = z.array(z.string()).nullable()

/** The ports of a part of a run: of what goes live at a step, or of everything (`null`). Later layers cover earlier ones. */
const Layer = z.strictObject({ from: z.string().nullable(), whole: WholeSteps, ports: PortIdentities })
export type Layer = z.infer<typeof Layer>

/** What makes a run a fork of its parent: with it, and with the parent's ledger, a fork that dies is resumed as the same fork. */
export const ForkConfiguration = z.strictObject({
  /** The step that goes live with everything downstream, `topics.0`; null where only models answer anew. */
  at: z.string().nullable(),
  /** They stay recorded, and all others are live; null where only models answer anew. */
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
  settings: GraphSettings,
  /** Prompts that the operator chose over the code's own, by agent. */
  chosenPrompts: z.record(z.string(), z.string()),
  taxonomyVersion: z.string(),
  /** Models without a price where a budget in dollars was set: it did not limit them. */
  unpriced: z.array(z.string()),
  fork: ForkConfiguration.nullable(),
})
export type RunConfiguration = z.infer<typeof RunConfiguration>

/** The ports of a run, part by part: a fork has those of its parent where it stayed recorded, and its own from there on. */
export function layersOf({ fork, settings: { ports } }: RunConfiguration): Layer[] {
  const own = { from: fork?.at ?? null, whole: fork?.whole ?? null, ports }
  return fork === null || fork.at === null ? [own] : [...fork.recorded, own]
}
