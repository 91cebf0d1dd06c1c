import type { z } from 'zod'
import type { Neighbourhood } from '../src/content/neighbourhood.ts'
import type { Embedder } from '../src/models/embedder.ts'
import type { Reading } from '../src/signals/reading/reading.ts'
import type { Taxonomies } from '../src/taxonomy/taxonomy.ts'

/** The data that tools may use: one item's texts, the taxonomies, the embedder, and the neighbours that this run has fetched. */
export interface ToolDeps {
  reading: Reading
  /** Declared metadata of the item as plain strings and numbers, for `read_metadata`. */
  metadata: Readonly<Record<string, string | number | boolean | string[] | null>>
  taxonomies: Taxonomies
  /** Null if none is configured, or if none knows the item's language. */
  embedder: Embedder | null
  neighbourhood: Neighbourhood
}

/** A tool's answer: JSON for the model, or a problem in words that the model can act on. */
export type ToolResult = { ok: true; value: unknown } | { ok: false; problem: string }

/** A tool that an agent may call. `version` is part of the fingerprints of all agents that have it. */
export interface Tool<Schema extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly version: number
  readonly description: string
  readonly schema: Schema
  run(args: z.output<Schema>, options: { signal?: AbortSignal }): Promise<ToolResult>
}

/** Makes a tool for one item. */
export type ToolFactory = (deps: ToolDeps) => Tool

/** Gives a tool's `run` the argument type of its schema. */
export function defineTool<Schema extends z.ZodType>(tool: Tool<Schema>): Tool {
  return tool
}

/** Describes a problem: what is wrong, and what to do instead. */
export function problem(text: string): ToolResult {
  return { ok: false, problem: text }
}
