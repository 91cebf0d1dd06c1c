import type { ChatModel } from '../models/chat-model.ts'
import type { Embedder } from '../models/embedder.ts'
import type { Layer, ModelIdentity } from '../recordings/run-configuration-schema.ts'
import type { RealPorts } from '../runs/recorded-ports.ts'

/** Nothing in a replay reaches this: what is not recorded has diverged before. */
function never(what: string): () => Promise<never> {
  return () => Promise.reject(new Error(`a replay asks no ${what}`))
}

/**
 * The ports of a recorded run as far as code can see them without asking: models by their names and abilities, a fetcher and a
 * transcriber where there was one. What the graph does depends on them; nothing answers behind them.
 *
 * @param local the embedder of this process, in place of one that ran in the process then
 */
export function silentPorts(configuration: Omit<Layer, 'from' | 'whole'>, local: Embedder | null): RealPorts {
  const { models, secondOpinion, embedder, transcriber, fetch } = configuration
  const known = new Map(Object.entries(models).map(([agent, identity]) => [agent, silentModel(identity)]))
  const [any] = known.values()
  return {
    chat(agent) {
      // An agent that came after the run was made has the model that the others had.
      const model = known.get(agent) ?? any
      if (model === undefined) throw new Error('the recording names no model')
      return model
    },
    secondOpinion: secondOpinion === null ? null : silentModel(secondOpinion),
    embedder: embedder === null ? null : embedder.local ? local : { ...embedder, embed: never('embedding model') },
    fetcher: fetch ? { fetch: never('server'), validators: never('server') } : null,
    transcriber: transcriber === null ? null : { name: transcriber, transcribe: never('transcriber') },
    known: never('database'),
    neighbours: never('similarity index'),
    price: () => null,
    clock: Date.now,
  }
}

function silentModel({ languages, agents, ...identity }: ModelIdentity): ChatModel {
  return {
    ...identity,
    ...(languages === undefined ? {} : { languages }),
    ...(agents === undefined ? {} : { agents }),
    chat: never('model'),
  }
}
