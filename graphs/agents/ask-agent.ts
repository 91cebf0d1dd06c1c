import type { Item } from '../../src/content/item.ts'
import type { Neighbourhood } from '../../src/content/neighbourhood.ts'
import type { Finding } from '../../src/content/understanding-schema.ts'
import { answersFor, type ChatMessage, type ChatModel } from '../../src/models/chat-model.ts'
import { knowsLanguage } from '../../src/models/embedder.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'
import { declaredTopics } from '../../src/taxonomy/declared-topics.ts'
import { promptLibrary } from '../prompts/load.ts'
import { type Metadata, metadataOf } from '../prompts/metadata.ts'
import { renderOutline } from '../prompts/outline.ts'
import { renderMessages } from '../prompts/render.ts'
import type { NodeRun } from '../step.ts'
import type { Usage } from './agent-draft.ts'
import type { Agent, AgentView, KeyedClaim, Offer } from './define-agent.ts'
import { runAgent } from './run-agent.ts'
import { nothingUsed } from './usage.ts'

/** The system text of every agent. It is the same for all, so that the prefix caches of providers hold. */
const SHARED_PROMPT = 'shared/v1'
const library = promptLibrary()

/** What one call of an agent needs besides the run. */
export interface AgentCall<Result> {
  agent: Agent<Result>
  model: ChatModel
  reading: Reading
  /** The transcript block. Empty if nothing has been read yet. */
  block: string
  durationMs: number | null
  neighbourhood: Neighbourhood
  claims: readonly KeyedClaim[]
  findings: readonly Finding[]
  round: number
  /** What the agent answered in the round that the findings are about. Null in the first round. */
  previous: unknown
  /** Whether the transcript goes in whole, or as an outline that the agent reads with tools. */
  transcript: 'whole' | 'outline'
}

export type AgentResult<Result> =
  | { kind: 'answered'; result: Result; usage: Usage }
  /** `again`: whether another attempt may end otherwise. */
  | { kind: 'abstained'; reason: string; again: boolean; usage: Usage }

/** The prompt that an agent uses in a run. */
export function promptOf({ name, prompt }: Pick<Agent<unknown>, 'name' | 'prompt'>, { settings }: NodeRun): string {
  return settings.prompts[name] ?? prompt
}

/** Prepares an agent for the run's item, runs its conversation and accounts for it. */
export async function askAgent<Result>(call: AgentCall<Result>, run: NodeRun): Promise<AgentResult<Result>> {
  const { agent, model } = call
  const startedAt = run.clock()
  const prompt = promptOf(agent, run)
  const usage = nothingUsed(model.name, prompt)
  const unable = cannotAnswer(call)
  if (unable !== null) return { kind: 'abstained', reason: unable, again: false, usage }

  const reading = readBy(agent, call.reading)
  const metadata = metadataOf(run.item)
  const view = {
    claims: call.claims,
    reading,
    metadata,
    declaredTopics: agent.reads.includes('categories') ? declaredTopics(run.item.categories) : [],
    taxonomies: run.taxonomies,
    analysis: run.analysis,
  }
  const { offer, check } = await agent.prepare(view)
  const { limits } = run.settings
  const outcome = await runAgent({
    name: agent.name,
    model,
    messages: messagesOf(prompt, view, offer, call, run),
    task: taskOf(view, offer, call),
    tools: agent.tools.map((make) =>
      make({
        reading,
        metadata,
        taxonomies: run.taxonomies,
        embedder: reading.space === null ? null : run.ports.embedder,
        neighbourhood: call.neighbourhood,
      }),
    ),
    answer: agent.answer,
    check,
    limits: { ...agent.limits, rounds: Math.min(agent.limits.rounds, limits.rounds ?? agent.limits.rounds) },
    maxOutputTokens: limits.maxOutputTokens,
    signal: run.signal,
  })
  const { trail } = outcome
  const costUsd = trail.tokens.estimated ? null : run.price(model.name, trail.tokens)
  const spent: Usage = { ...usage, ...trail, costUsd, ms: run.clock() - startedAt }
  return outcome.kind === 'answered'
    ? { kind: 'answered', result: outcome.result, usage: spent }
    : { kind: 'abstained', reason: outcome.reason, again: true, usage: spent }
}

/** Why the model cannot answer for this agent and item. Null if it can. */
function cannotAnswer({ agent, model, reading: { language } }: AgentCall<unknown>): string | null {
  if (!answersFor(model, agent.name))
    return `${model.name} cannot answer for ${agent.name}: set OPENAI_BASE_URL and LINERNOTES_MODEL to give it a language model`
  if (model.languages !== undefined && !knowsLanguage({ languages: model.languages }, language))
    return `${model.name} reads ${languages(model.languages)} only, and this item is in "${language}"`
  return null
}

/** The reading, reduced to what the agent's fingerprint covers. Its tools and its own code get no more than that. */
function readBy({ reads }: Pick<Agent<unknown>, 'reads'>, reading: Reading): Reading {
  return {
    ...reading,
    ...(reads.includes('title') ? {} : { title: '', titleVector: null }),
    ...(reads.includes('description') ? {} : { description: '', descriptionVector: null }),
  }
}

function languages(known: readonly string[] | 'any'): string {
  return known === 'any' ? 'any language' : known.join(', ')
}

/** The messages of the first turn. They hold only what the agent declares that it reads. */
function messagesOf(
  prompt: string,
  { reading, metadata }: AgentView,
  { candidates, task: facts }: Offer<unknown>,
  call: AgentCall<unknown>,
  { item }: NodeRun,
): ChatMessage[] {
  const { agent, model, block, findings, previous } = call
  const outline = call.transcript === 'outline'
  const maxTokens = Math.floor(model.contextTokens / 3)
  const shown = outline ? renderOutline(reading.text, reading.segments, { maxTokens }) : block
  const messages = renderMessages({
    shared: library.load(SHARED_PROMPT),
    prompt: library.load(prompt),
    transcriptBlock: agent.reads.includes('transcript') ? shown : '',
    outline,
    metadata: declaredMetadata(agent, item, metadata),
    candidates,
    findings,
    ...(previous === null ? {} : { previous }),
    ...(facts === undefined ? {} : { facts }),
  })
  return withArtwork(messages, call, item)
}

function declaredMetadata(
  { reads }: Pick<Agent<unknown>, 'reads'>,
  { title, description, kind }: Item,
  metadata: Metadata,
): Metadata {
  return {
    ...(reads.includes('metadata') ? metadata : { kind }),
    title: reads.includes('title') ? title : null,
    ...(reads.includes('description') ? { description } : {}),
  }
}

/** The artwork goes with the task to agents that look at it, if the model can see. */
function withArtwork(messages: ChatMessage[], { agent, model }: AgentCall<unknown>, { artwork }: Item): ChatMessage[] {
  const task = messages.at(-1)
  const looks = model.sees && agent.reads.includes('artwork')
  if (!looks || artwork === undefined || task?.role !== 'user' || typeof task.content !== 'string') return messages
  return [
    ...messages.slice(0, -1),
    {
      role: 'user',
      content: [
        { type: 'text', text: task.content },
        { type: 'image', url: artwork.url },
      ],
    },
  ]
}

/** The same task as plain data, for engines that read data instead of prose. */
function taskOf(
  { reading: { kind, language, title, description } }: AgentView,
  offer: Offer<unknown>,
  { agent, block, durationMs, round, findings }: AgentCall<unknown>,
): unknown {
  return {
    agent: agent.name,
    item: { kind, language, title, description, durationMs },
    transcript: agent.reads.includes('transcript') ? block : '',
    round,
    findings,
    [agent.offers]: offer.candidates,
    ...offer.task,
  }
}
