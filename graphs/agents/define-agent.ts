import type { z } from 'zod'
import type { Facet } from '../../src/content/labels/label-types.ts'
import type { TextSource } from '../../src/content/text/text.ts'
import type { ReviewedClaim } from '../../src/models/extractive/agent-task.ts'
import type { Analysis } from '../../src/signals/analysis.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'
import type { Taxonomies } from '../../src/taxonomy/taxonomy.ts'
import type { ToolFactory } from '../../tools/tool.ts'
import type { Metadata } from '../prompts/metadata.ts'
import { type Checked, checkAnswer } from './run-agent.ts'

/** A claim with the key of its label. Models do not see the key. */
export interface KeyedClaim extends ReviewedClaim {
  key: string
}

/** What an agent's own code may look at while it prepares candidates, checks an answer and concludes from it. */
export interface AgentView {
  /** The assembled labels, for the critic; empty before they are assembled. */
  claims: readonly KeyedClaim[]
  reading: Reading
  metadata: Metadata
  /** IAB ids that the publisher's categories name; empty for agents that do not read them. */
  declaredTopics: readonly string[]
  taxonomies: Taxonomies
  analysis: Analysis
}

/** What goes into the prompt and into the typed task, besides the transcript. */
export interface Offer<Candidate> {
  /** Each is one line of JSON. */
  candidates: readonly Candidate[]
  /** More fields of the typed task, for example how many chapters are wanted. */
  task?: Readonly<Record<string, unknown>>
}

/** An agent as data. One bounded loop runs them all. */
export interface AgentSpec<Answer extends z.ZodType, Candidate, Result, Name extends string = string> {
  readonly name: Name
  /** The labels that it makes, as the facet of a type in src/content/labels. Null if it makes no labels, as with the critic. */
  readonly facet: Facet | null
  /** Must rise with every change of the agent's own code that can change its result. */
  readonly version: number
  /**
   * What goes into its prompt and its fingerprint. `artwork` goes in only if the model can see. `categories` goes in as the topics that
   * the categories name, not in the publisher's words.
   */
  readonly reads: readonly (TextSource | 'metadata' | 'categories' | 'artwork')[]
  /** `<folder>/v<N>` under `prompts/`. */
  readonly prompt: string
  readonly tools: readonly ToolFactory[]
  /** The model answers by calling `submit_<name>` with this. */
  readonly answer: Answer
  readonly limits: { readonly rounds: number; readonly toolCalls: number }
  /** Name of the candidates in the typed task. */
  readonly offers?: string
  offer(view: AgentView): Promise<Offer<Candidate>> | Offer<Candidate>
  /** The faults of an answer that fits its schema, in words for the model. Empty if there are none. */
  problems(answer: z.output<Answer>, view: AgentView): string[]
  conclude(answer: z.output<Answer>, view: AgentView, offer: Offer<Candidate>): Result
}

/** An agent ready for one item: what it offers to the model, and what it makes of an answer. */
export interface PreparedAgent<Result> {
  offer: Offer<unknown>
  /** What the agent concludes from the arguments that a model gave, or the faults in them, in words for the model. */
  check(args: unknown): Checked<Result>
}

/** What the graph knows about an agent. The type of its answer stays inside. */
export interface Agent<Result, Name extends string = string>
  extends Pick<
    AgentSpec<z.ZodType, unknown, Result, Name>,
    'name' | 'facet' | 'version' | 'reads' | 'prompt' | 'tools' | 'answer' | 'limits'
  > {
  readonly offers: string
  prepare(view: AgentView): Promise<PreparedAgent<Result>>
}

export function defineAgent<Answer extends z.ZodType, Candidate, Result, const Name extends string>(
  spec: AgentSpec<Answer, Candidate, Result, Name>,
): Agent<Result, Name> {
  return {
    name: spec.name,
    facet: spec.facet,
    version: spec.version,
    reads: spec.reads,
    prompt: spec.prompt,
    tools: spec.tools,
    answer: spec.answer,
    limits: spec.limits,
    offers: spec.offers ?? 'candidates',
    async prepare(view) {
      const offer = await spec.offer(view)
      return {
        offer,
        check(args) {
          const answer = checkAnswer(args, spec.answer, (given) => spec.problems(given, view))
          return answer.ok ? { ok: true, value: spec.conclude(answer.value, view, offer) } : answer
        },
      }
    },
  }
}
