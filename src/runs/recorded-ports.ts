import { z } from 'zod'
import type { Known, Ports } from '../../graphs/context.ts'
import { Neighbourhood } from '../content/neighbourhood.ts'
import { withoutSignature } from '../content/signed-url.ts'
import type { Fetcher } from '../ingest/fetch/fetcher.ts'
import { type Price, recordedChat } from '../ledger/calls/recorded-chat.ts'
import { recordedEmbedder } from '../ledger/calls/recorded-embedder.ts'
import { recordedFetcher } from '../ledger/calls/recorded-fetcher.ts'
import type { Scope } from '../ledger/ledger-session.ts'
import { type ModelIdentity, modelFor, type PortIdentities } from '../ledger/run-configuration-schema.ts'
import type { ChatModel } from '../models/chat-model.ts'
import type { Embedder } from '../models/embedder.ts'
import { type Transcriber, Transcription } from '../models/transcriber.ts'

/** Performs the calls of a run. Its settings say which ports the run sees, and under which names. */
export interface RealPorts {
  chat(agent: string): ChatModel
  secondOpinion: ChatModel | null
  embedder: Embedder | null
  fetcher: Fetcher | null
  transcriber: Transcriber | null
  known(): Promise<Known>
  /** The neighbours of an item, without the item itself. */
  neighbours: Ports['neighbours']
  price: Price
  clock(): number
}

const KnownSchema = z.custom<Known>(
  (value) => typeof value === 'object' && value !== null && 'facets' in value && 'decisions' in value,
)
const AUDIO_BYTES = 512 * 1024 * 1024
const AUDIO_MS = 10 * 60_000

/**
 * The ports for one execution of a step, as the run's settings name them. Every call that leaves the process or is not deterministic is an
 * exchange. It reaches a real port only if the ledger's policy lets it through.
 */
export function recordedPorts(seen: PortIdentities, real: RealPorts, scope: Scope, signal: AbortSignal): Ports {
  const chat = (identity: ModelIdentity, port: () => ChatModel) =>
    recordedChat(
      { ...identity, chat: async (request, options) => port().chat(request, options) },
      scope,
      real.price,
      signal,
    )
  const fetcher: Fetcher = {
    fetch: async (request, options) => requirePort(real.fetcher, 'fetcher').fetch(request, options),
    validators: async (url, options) => requirePort(real.fetcher, 'fetcher').validators(url, options),
  }
  const { embedder, secondOpinion, transcriber } = seen
  return {
    chat: (agent) => chat(modelFor(seen, agent), () => real.chat(agent)),
    secondOpinion: () =>
      secondOpinion === null ? null : chat(secondOpinion, () => requirePort(real.secondOpinion, 'second model')),
    embedder:
      embedder === null
        ? null
        : recordedEmbedder(
            {
              ...embedder,
              embed: async (texts, options) => requirePort(real.embedder, 'embedder').embed(texts, options),
            },
            scope,
            signal,
          ),
    fetcher: seen.fetch ? recordedFetcher(fetcher, scope, signal) : null,
    async transcribe({ url, language }) {
      if (transcriber === null) throw new Error('no transcriber is configured')
      return scope.exchange({
        kind: 'transcribe',
        request: { transcriber, url: withoutSignature(url), language },
        // The audio is fetched inside the exchange, so the ledger keeps the text and not hundreds of megabytes.
        perform: async () => {
          const audio = await fetcher.fetch({ url, accept: [], maxBytes: AUDIO_BYTES, timeoutMs: AUDIO_MS }, { signal })
          const file = {
            bytes: audio.bytes,
            filename: filenameOf(url),
            contentType: audio.contentType ?? 'application/octet-stream',
          }
          const spoken = language === null ? {} : { language }
          return requirePort(real.transcriber, 'transcriber').transcribe(file, { signal, ...spoken })
        },
        costly: true,
        retries: ({ retries }) => retries.length,
        read: (json) => Transcription.parse(json),
      })
    },
    known: () =>
      scope.exchange({
        kind: 'known',
        request: {},
        perform: real.known,
        costly: false,
        read: (json) => KnownSchema.parse(json),
      }),
    neighbours: (request) =>
      scope.exchange({
        kind: 'neighbours',
        request,
        perform: () => real.neighbours(request),
        costly: false,
        read: (json) => Neighbourhood.parse(json),
      }),
  }
}

function requirePort<Port>(port: Port | null, name: string): Port {
  if (port === null)
    throw new Error(
      `the run's settings name its ${name}, and this process has none: only what is recorded can be answered`,
    )
  return port
}

function filenameOf(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) || 'audio'
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
