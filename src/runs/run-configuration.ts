import type { Budget } from '../ledger/policies.ts'
import {
  type GraphSettings,
  type ModelIdentity,
  modelFor,
  type PortIdentities,
} from '../ledger/run-configuration-schema.ts'
import type { ChatModel } from '../models/chat-model.ts'
import { ASKING_AGENTS } from './asking-agents.ts'
import type { RealPorts } from './recorded-ports.ts'

type NamedPorts = Pick<RealPorts, 'chat' | 'secondOpinion' | 'embedder' | 'transcriber'>

/** What settings are made from: the configuration and the ports of this process. */
export interface SettingsSource {
  settings(options: Pick<GraphSettings, 'effort' | 'requested'>): Omit<GraphSettings, 'ports'>
  ports: NamedPorts
}

export interface SettingsOptions {
  effort: GraphSettings['effort']
  requested: readonly string[] | null
  /** False: no URL of the item is fetched. */
  fetch: boolean
}

/** The settings that a run gets today. */
export function settingsOf({ settings, ports }: SettingsSource, options: SettingsOptions): GraphSettings {
  const { effort, requested, fetch } = options
  return { ...settings({ effort, requested: [...(requested ?? [])] }), ports: identitiesOf(ports, fetch) }
}

/** The same ports with one model for all agents. */
export function withModel(ports: PortIdentities, model: ChatModel): PortIdentities {
  return {
    ...ports,
    models: Object.fromEntries(Object.keys(ports.models).map((agent) => [agent, identityOf(model)])),
  }
}

const NO_TOKENS = { input: 0, cached: 0, output: 0 }

/** Models without a known price in a run with a budget in dollars. The budget does not limit what they cost. Sorted by name. */
export function unpricedModels(budget: Budget | undefined, ports: PortIdentities, price: RealPorts['price']): string[] {
  if (budget === undefined || budget.usd === null) return []
  const second = ports.secondOpinion === null ? [] : [ports.secondOpinion]
  const models = [...ASKING_AGENTS.map((agent) => modelFor(ports, agent)), ...second]
  return [...new Set(models.map(({ name }) => name))].filter((name) => price(name, NO_TOKENS) === null).sort()
}

/** What the graph's code can see of ports, as the settings hold it. */
export function identitiesOf(
  { chat, secondOpinion, embedder, transcriber }: NamedPorts,
  fetch: boolean,
): PortIdentities {
  return {
    fetch,
    models: Object.fromEntries(ASKING_AGENTS.map((agent) => [agent, identityOf(chat(agent))])),
    secondOpinion: secondOpinion === null ? null : identityOf(secondOpinion),
    embedder: embedder === null ? null : embedderIdentity(embedder),
    transcriber: fetch ? (transcriber?.name ?? null) : null,
  }
}

export function embedderIdentity({
  space,
  dimension,
  languages,
  local,
}: NonNullable<RealPorts['embedder']>): NonNullable<PortIdentities['embedder']> {
  return { space, dimension, languages: languagesOf(languages), local }
}

function identityOf({ name, readsTask, sees, contextTokens, languages, agents }: ChatModel): ModelIdentity {
  return {
    name,
    readsTask,
    sees,
    contextTokens,
    ...(languages === undefined ? {} : { languages: languagesOf(languages) }),
    ...(agents === undefined ? {} : { agents: [...agents] }),
  }
}

function languagesOf(languages: readonly string[] | 'any'): string[] | 'any' {
  return languages === 'any' ? 'any' : [...languages]
}
