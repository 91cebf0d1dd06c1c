import type { Neighbourhood } from '../../src/content/neighbourhood.ts'
import type { Finding } from '../../src/content/understanding-schema.ts'
import { answersFor, type ChatMessage, type ChatModel } from '../../src/models/chat-model.ts'
import { knowsLanguage } from '../../src/models/embedder.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'
import { declaredTopics } from '../../src/taxonomy/declared-topics.ts'
import { agentMessages } from '../prompts/agent-messages.ts'
import { metadataOf } from '../prompts/metadata.ts'
import type { NodeRun } from '../step.ts'
import type { Usage } from './agent-draft.ts'
import type { Agent, KeyedClaim } from './define-agent.ts'

/** What one call of an agent needs beside the run. */
export interface AgentCall<Result> {
  agent: Agent<Result>
  model: ChatModel
  reading: Reading
  /** The transcript block; empty where nothing is read yet. */
  block: string
  durationMs: number | null
  neighbourhood: Neighbourhood
  claims: readonly KeyedClaim[]
  findings: readonly Finding[]
  round: number
  /** What the agent answered in the round that the findings speak of; null in the first. */
  previous: unknown
  /** Whether the transcript goes in whole, or as an outline to be read with tools. */
  transcript: 'whole' | 'outline'
}

export type AgentResult<Result> =
  | { kind: 'answered'; result: Result; usage: Usage }
  /** `again`: whether asking again may end otherwise. */
  | { kind: 'abstained'; reason: string; again: boolean; usage: Usage }

/** Prepares an agent for the run's item, holds its conversation and accounts for it. */
export async function askAgent<Result>(call: AgentCall<Result>, run: NodeRun): Promise<AgentResult<Result>> {
  const { agent, model } = call
  const reading = readBy(agent, call.reading)
  const startedAt = run.clock()
  const prompt = run.settings.prompts[agent.name] ?? agent.prompt
  const usage = {
    model: model.name,
    prompt,
    rounds: 0,
    toolCalls: 0,
    rejected: 0,
    tokens: { input: 0, cached: 0, output: 0 },
    costUsd: 0,
    ms: 0,
  }
  if (!answersFor(model, agent.name)) {
    return {
      kind: 'abstained',
      reason: `${model.name} cannot answer for ${agent.name}: set OPENAI_BASE_URL and LINERNOTES_MODEL to give it a language model`,
      again: false,
      usage,
    }
  }
  if (model.languages !== undefined && !knowsLanguage({ languages: model.languages }, reading.language)) {
    return {
      kind: 'abstained',
      reason: `${model.name} reads ${languages(model.languages)} only, and this item is in "${reading.language}"`,
      again: false,
      usage,
    }
  }

  const metadata = metadataOf(run.item)
  const prepared = await agent.prepare({
    claims: call.claims,
    reading,
    metadata,
    declaredTopics: agent.reads.includes('categories') ? declaredTopics(run.item.categories) : [],
    taxonomies: run.taxonomies,
    analysis: run.analysis,
  })
  const messages = agentMessages({
    prompt,
    reads: agent.reads,
    item: run.item,
    metadata,
    block: call.block,
    text: reading.text,
    segments: reading.segments,
    transcript: call.transcript,
    contextTokens: model.contextTokens,
    offer: prepared.offer,
    findings: call.findings,
    previous: call.previous,
  })
  const conclusion = await prepared.converse({
    model,
    messages: withArtwork(messages, call, run),
    task: {
      agent: agent.name,
      item: {
        kind: reading.kind,
        language: reading.language,
        title: reading.title,
        description: reading.description,
        durationMs: call.durationMs,
      },
      transcript: agent.reads.includes('transcript') ? call.block : '',
      round: call.round,
      findings: call.findings,
      [agent.offers]: prepared.offer.candidates,
      ...prepared.offer.task,
    },
    tools: agent.tools.map((make) =>
      make({
        reading,
        metadata,
        taxonomies: run.taxonomies,
        embedder: reading.space === null ? null : run.ports.embedder,
        neighbourhood: call.neighbourhood,
      }),
    ),
    limits: {
      ...agent.limits,
      rounds: Math.min(agent.limits.rounds, run.settings.limits.rounds ?? agent.limits.rounds),
    },
    maxOutputTokens: run.settings.limits.maxOutputTokens,
    signal: run.signal,
  })
  const { trail } = conclusion
  const spent: Usage = {
    ...usage,
    ...trail,
    prompt,
    costUsd: trail.tokens.estimated ? null : run.price(model.name, trail.tokens),
    ms: run.clock() - startedAt,
  }
  return conclusion.kind === 'answered'
    ? { kind: 'answered', result: conclusion.result, usage: spent }
    : { kind: 'abstained', reason: conclusion.reason, again: true, usage: spent }
}

/** The reading with nothing in it that the agent's fingerprint does not hold. Its tools and its own code get no more. */
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

/** The artwork goes with the task to agents that look at it, where the model sees. */
function withArtwork<Result>(
  messages: ChatMessage[],
  { agent, model }: AgentCall<Result>,
  { item }: NodeRun,
): ChatMessage[] {
  const task = messages.at(-1)
  if (
    !model.sees ||
    !agent.reads.includes('artwork') ||
    item.artwork === undefined ||
    task?.role !== 'user' ||
    typeof task.content !== 'string'
  )
    return messages
  return [
    ...messages.slice(0, -1),
    {
      role: 'user',
      content: [
        { type: 'text', text: task.content },
        { type: 'image', url: item.artwork.url },
      ],
    },
  ]
}
