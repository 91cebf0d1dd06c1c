import type { GraphSettings } from '../../graphs/context.ts'
import type { ChatModel } from '../models/chat-model.ts'
import { type ModelIdentity, RunConfiguration } from '../recordings/run-configuration-schema.ts'
import { ASKING_AGENTS } from './asking-agents.ts'
import type { RealPorts } from './recorded-ports.ts'

export interface ConfigurationParts {
  settings: GraphSettings
  ports: Pick<RealPorts, 'chat' | 'secondOpinion' | 'embedder' | 'transcriber'>
  chosenPrompts: Readonly<Record<string, string>>
  taxonomyVersion: string
  fetch: boolean
  unpriced: readonly string[]
}

/** What determines a run beside its item, as it is stored with the run. */
export function configurationOf(parts: ConfigurationParts): RunConfiguration {
  const { settings, ports, chosenPrompts, taxonomyVersion, fetch, unpriced } = parts
  const { embedder, secondOpinion, transcriber } = ports
  return {
    fetch,
    prompts: { ...settings.prompts },
    chosenPrompts: { ...chosenPrompts },
    effort: settings.effort,
    requested: [...settings.requested],
    engine: settings.engine,
    limits: { ...settings.limits },
    maxTranscriptChars: settings.maxTranscriptChars,
    models: Object.fromEntries(ASKING_AGENTS.map((agent) => [agent, identityOf(ports.chat(agent))])),
    secondOpinion: secondOpinion === null ? null : identityOf(secondOpinion),
    embedder:
      embedder === null
        ? null
        : {
            space: embedder.space,
            dimension: embedder.dimension,
            languages: languagesOf(embedder.languages),
            local: embedder.local,
          },
    transcriber: transcriber?.name ?? null,
    taxonomyVersion,
    unpriced: [...unpriced],
    fork: null,
  }
}

/** What a run's stored configuration says of models without a price. */
export function unpricedIn(config: unknown): readonly string[] {
  return RunConfiguration.safeParse(config).data?.unpriced ?? []
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
