import { z } from 'zod'
import { Draft, Usage } from '../../graphs/agents/agent-draft.ts'
import { Finding } from '../content/understanding-schema.ts'

/** State as it is recorded: plain JSON by channel. */
export type StateValue = Readonly<Record<string, unknown>>

// Only this file reads recorded state, with the schemas that the graph writes it with. State is shown as it was recorded, whatever version
// recorded it. A member that cannot be read counts as missing, and is never an error.

const [Answered, Abstained] = Draft.options

/** How an agent came to its answers, as far as it is recorded. */
const RecordedUsage = z.object(Usage.shape).partial()
export type RecordedUsage = z.infer<typeof RecordedUsage>

const RecordedDraft = z.object({
  status: z.union([Answered.shape.status, Abstained.shape.status]),
  /** Only of an agent that abstained. */
  reason: Abstained.shape.reason.optional(),
  again: Abstained.shape.again.optional(),
  usage: RecordedUsage.optional(),
})
/** What one agent left, without its labels. */
export type RecordedDraft = z.infer<typeof RecordedDraft>

const Found = z.object({ findings: z.array(Finding) })

const RecordedJudgement = z.object({
  usage: RecordedUsage.nullish(),
  abstained: z.object({ reason: Abstained.shape.reason, again: Abstained.shape.again }).optional(),
})
type RecordedJudgement = z.infer<typeof RecordedJudgement>

const PlannedFacet = z.object({ action: z.enum(['run', 'reuse', 'skip']), abstained: z.string().optional() })
/** What a run plans to do for one agent. `abstained`: the reused answer is that there are no labels. */
type PlannedFacet = z.infer<typeof PlannedFacet>

const Members = z.record(z.string(), z.unknown())
const Planned = z.object({ facets: Members })

/** A state, or what a step changed in it, by channel. Null if the value is not a state. */
export function readState(value: unknown): StateValue | null {
  return Members.safeParse(value).data ?? null
}

/** The drafts in a state or an update, by agent. */
export function draftsIn(state: unknown): ReadonlyMap<string, RecordedDraft> {
  return readEach(RecordedDraft, readState(state)?.drafts)
}

/** The critic's judgement, if there is one. */
export function judgementIn(state: unknown): RecordedJudgement | null {
  return RecordedJudgement.safeParse(readState(state)?.judgement).data ?? null
}

/** What the verifier found, then what the critic found. */
export function findingsIn(state: unknown): Finding[] {
  const { verification, judgement } = readState(state) ?? {}
  return [verification, judgement].flatMap((found) => Found.safeParse(found).data?.findings ?? [])
}

/** What the plan says, by agent. Empty before there is a plan. */
export function plannedIn(state: unknown): ReadonlyMap<string, PlannedFacet> {
  return readEach(PlannedFacet, Planned.safeParse(readState(state)?.planned).data?.facets)
}

function readEach<S extends z.ZodType>(schema: S, members: unknown): Map<string, z.output<S>> {
  return new Map(
    Object.entries(readState(members) ?? {}).flatMap(([name, value]): [string, z.output<S>][] => {
      const read = schema.safeParse(value)
      return read.success ? [[name, read.data]] : []
    }),
  )
}
