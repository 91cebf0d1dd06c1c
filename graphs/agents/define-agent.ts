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

/** A claim with the key of its label, which no model is shown. */
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

/** What goes into the prompt beside the transcript, and into the typed task. */
export interface Offer<Candidate> {
  /** A line of JSON each. */
  candidates: readonly Candidate[]
  /** More fields of the typed task, for example how many chapters are wanted. */
  task?: Readonly<Record<string, unknown>>
}

/** An agent as data. One bounded loop runs them all. */
export interface AgentSpec<Answer extends z.ZodType, Candidate, Result, Name extends string = string> {
  readonly name: Name
  /** Which labels it makes: the facet of a type in src/content/labels; null where it labels nothing, as the critic. */
  readonly facet: Facet | null
  /** Rises with every change of the agent's own code that can change its result. */
  readonly version: number
  /**
   * What its prompt gets and its fingerprint holds; `artwork` only where the model sees, `categories` as the topics that they name and
   * not in the publisher's words.
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
  /** What is wrong in an answer that fits its schema, in words for the model; empty: nothing. */
  problems(answer: z.output<Answer>, view: AgentView): string[]
  conclude(answer: z.output<Answer>, view: AgentView, offer: Offer<Candidate>): Result
}

/** An agent ready for one item: what it offers to the model, and what it makes of an answer. */
export interface PreparedAgent<Result> {
  offer: Offer<unknown>
  /** What is concluded from the arguments that a model gave, or what is wrong with them, in words for the model. */
  check(args: unknown): Checked<Result>
}

/** What the graph knows of an agent; its answer's type stays inside. */
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
