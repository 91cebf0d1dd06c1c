import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { critique } from '../../graphs/agents/critic.ts'
import { AGENT_PROMPTS, AGENTS } from '../../graphs/agents/registry.ts'
import { understanding as graph } from '../../graphs/understanding.ts'
import type { Understanding } from '../../src/content/understanding-schema.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { createLedgerStore } from '../../src/database/ledger/database-ledger.ts'
import type { RunRecord } from '../../src/database/records.ts'
import { createRepositories } from '../../src/database/repositories/tenant-repositories.ts'
import { type Exchange, exchangeName, stepName } from '../../src/ledger/exchange.ts'
import type { LedgerStore } from '../../src/ledger/ledger-store.ts'
import { createLedgerWriter } from '../../src/ledger/ledger-writer.ts'
import type { GraphSettings } from '../../src/ledger/run-configuration-schema.ts'
import {
  type ChatAnswer,
  ChatAnswer as ChatAnswerSchema,
  type ChatModel,
  type ChatRequest,
} from '../../src/models/chat-model.ts'
import type { ForkRequest } from '../../src/replay/fork/fork-request.ts'
import { type ForkDeps, forkRun } from '../../src/replay/fork/fork-run.ts'
import { openFork } from '../../src/replay/fork/open-fork.ts'
import { createRuns, type RunsDeps } from '../../src/runs/runs.ts'
import { ANALYSES, type Analysis } from '../../src/signals/analysis.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'

/** The analyses in this thread. */
export const analysis: Analysis = {
  segment: async (...args) => ANALYSES.segment(...args),
  digests: async (...args) => ANALYSES.digests(...args),
  topicCandidates: async (...args) => ANALYSES.topicCandidates(...args),
  entityCandidates: async (...args) => ANALYSES.entityCandidates(...args),
  chapterCandidates: async (...args) => ANALYSES.chapterCandidates(...args),
  suitabilityCandidates: async (...args) => ANALYSES.suitabilityCandidates(...args),
  claimCandidates: async (...args) => ANALYSES.claimCandidates(...args),
  attributeCandidates: async (...args) => ANALYSES.attributeCandidates(...args),
}

export interface AskedFor {
  agent: string
  request: ChatRequest
}
/** What an agent's model says to a request; `times` counts that agent's requests from 0. */
export type Part = (
  request: ChatRequest,
  times: number,
  signal: AbortSignal | undefined,
) => Partial<ChatAnswer> | Error | Promise<Partial<ChatAnswer> | Error>

/** An answer that calls `submit_<agent>`. */
export function submits(agent: string, args: z.core.util.JSONType): Partial<ChatAnswer> {
  return { toolCalls: [{ id: randomUUID(), name: `submit_${agent}`, args }] }
}

const SILENT: Record<string, z.core.util.JSONType> = {
  ...Object.fromEntries([...AGENTS, critique].map(({ name, answer }) => [name, nothing(answer)])),
  transcript: { candidate: 0, reason: 'the first' },
}

/** An answer whose lists are all empty. */
function nothing(answer: z.ZodType): Record<string, z.core.util.JSONType> {
  const { required = [] } = z.toJSONSchema(answer, { io: 'input' })
  return Object.fromEntries(required.map((field) => [field, []]))
}

/** Models that play parts; an agent without a part submits an empty answer. */
export function cast(parts: Readonly<Record<string, Part>>, about: Partial<Omit<ChatModel, 'chat'>> = {}) {
  const asked: AskedFor[] = []
  const model = (agent: string): ChatModel => ({
    name: 'openai:cast',
    readsTask: false,
    sees: false,
    contextTokens: 128_000,
    ...about,
    async chat(request, { signal } = {}) {
      signal?.throwIfAborted()
      const times = asked.filter((one) => one.agent === agent).length
      asked.push({ agent, request: structuredClone(request) })
      const said = await (parts[agent] ?? (() => submits(agent, SILENT[agent] ?? {})))(request, times, signal)
      if (said instanceof Error) throw said
      return ChatAnswerSchema.parse({
        content: '',
        toolCalls: [],
        finish: said.toolCalls?.length ? 'tool_calls' : 'stop',
        usage: { input: 10, cached: 0, output: 2 },
        model: 'cast',
        retries: [],
        ...said,
      })
    },
  })
  return { model, asked, agents: () => [...new Set(asked.map(({ agent }) => agent))].sort() }
}

export interface DeskOptions {
  tenant?: string
  chat?: (agent: string) => ChatModel
  ports?: Partial<RunsDeps['ports']>
  settings?: Partial<Omit<GraphSettings, 'ports'>>
  deps?: Partial<RunsDeps & Pick<ForkDeps, 'modelNamed'>>
  store?: (store: LedgerStore) => LedgerStore
}

/** All that is needed to run items on a migrated database; its own tenant unless one is named. */
export function openDesk(database: Database, options: DeskOptions = {}) {
  const { tenant = randomUUID(), chat = cast({}).model } = options
  const repositories = createRepositories(database).for(tenant)
  const ledger = createLedgerStore(database)
  const store = options.store?.(ledger) ?? ledger
  const taxonomies = loadTaxonomies()
  const logged: string[] = []
  const modelNamed = options.deps?.modelNamed ?? (() => chat('topics'))
  const deps: RunsDeps = {
    tenant,
    owner: randomUUID(),
    concurrency: 2,
    repositories,
    store,
    writer: createLedgerWriter(store),
    graph,
    taxonomies,
    taxonomyVersion: taxonomies.version,
    analysis,
    defaultEffort: 'standard',
    settings: ({ effort, requested }) => ({
      effort,
      requested,
      prompts: AGENT_PROMPTS,
      engine: chat('topics').name,
      limits: { rounds: null, maxOutputTokens: null },
      maxTranscriptChars: null,
      ...options.settings,
    }),
    openFork: (record, today) => openFork(record, today, { repositories, modelNamed }),
    chosenPrompts: {},
    published: async () => undefined,
    log: (message, fields) => logged.push(`${message} ${JSON.stringify(fields)}`),
    ...options.deps,
    ports: {
      chat,
      secondOpinion: null,
      embedder: null,
      fetcher: null,
      transcriber: null,
      neighbours: () => async () => ({ unavailable: null, space: null, items: [] }),
      price: () => 0,
      clock: Date.now,
      ...options.ports,
    },
  }
  const runs = createRuns(deps)
  const fork = (runId: string, request: ForkRequest) => forkRun(runId, request, { ...deps, runs, modelNamed })

  async function understand(...args: Parameters<typeof runs.submit>): Promise<{
    run: RunRecord
    document: Understanding
    exchanges: readonly Exchange[]
    steps: string[]
    asked: string[]
  }> {
    const { id, itemId } = await runs.submit(...args)
    const run = await runs.wait(id)
    const document = await repositories.understandings.current(itemId)
    if (run === null || document === null)
      throw new Error(`nothing was published: ${run?.status} ${run?.error} ${logged.join('; ')}`)
    const exchanges = (await repositories.trace.load(id)).exchanges
    const steps = (await repositories.trace.load(id)).steps.map(stepName)
    return { run, document, exchanges, steps, asked: exchanges.map(exchangeName) }
  }
  return { runs, fork, repositories, store, understand, logged, tenant }
}
