import { z } from 'zod'
import type { Known, Ports } from '../../graphs/context.ts'
import { Neighbourhood } from '../content/neighbourhood.ts'
import { withoutSignature } from '../content/signed-url.ts'
import type { Fetcher } from '../ingest/fetch/fetcher.ts'
import { type Price, recordedChat } from '../ledger/calls/recorded-chat.ts'
import { recordedEmbedder } from '../ledger/calls/recorded-embedder.ts'
import { recordedFetcher } from '../ledger/calls/recorded-fetcher.ts'
import type { LedgerSession } from '../ledger/ledger-session.ts'
import type { ChatModel } from '../models/chat-model.ts'
import type { Embedder } from '../models/embedder.ts'
import { type Transcriber, Transcription } from '../models/transcriber.ts'

/** The real ports of one run; scoped and recorded by {@link recordedPorts}. */
export interface RealPorts {
  chat(agent: string): ChatModel
  secondOpinion: ChatModel | null
  embedder: Embedder | null
  fetcher: Fetcher | null
  transcriber: Transcriber | null
  known(): Promise<Known>
  /** Neighbours of an item, without itself. */
  neighbours: Ports['neighbours']
  price: Price
  clock(): number
}

const KnownSchema = z.custom<Known>(
  (value) => typeof value === 'object' && value !== null && 'facets' in value && 'decisions' in value,
)
const AUDIO_BYTES = 512 * 1024 * 1024
const AUDIO_MS = 10 * 60_000

/** Ports for one execution of a node: every call that leaves the process or is not deterministic is an exchange. */
export function recordedPorts(
  real: RealPorts,
  session: LedgerSession,
  signal: AbortSignal,
): (step: { node: string; visit: number }) => Ports {
  return (step) => {
    const scope = session.at(step)
    const { transcriber, fetcher } = real
    const chat = (model: ChatModel) => recordedChat(model, scope, real.price, signal)
    return {
      chat: (agent) => chat(real.chat(agent)),
      secondOpinion: () => (real.secondOpinion === null ? null : chat(real.secondOpinion)),
      embedder: real.embedder === null ? null : recordedEmbedder(real.embedder, scope, signal),
      fetcher: fetcher === null ? null : recordedFetcher(fetcher, scope, signal),
      transcriber: transcriber === null || fetcher === null ? null : transcriber.name,
      async transcribe({ url, language }) {
        if (transcriber === null || fetcher === null) throw new Error('no transcriber is configured')
        return scope.exchange({
          kind: 'transcribe',
          request: { transcriber: transcriber.name, url: withoutSignature(url), language },
          // The audio is fetched inside the exchange: what is kept is the text, not hundreds of megabytes.
          perform: async () => {
            const audio = await fetcher.fetch(
              { url, accept: [], maxBytes: AUDIO_BYTES, timeoutMs: AUDIO_MS },
              { signal },
            )
            const file = {
              bytes: audio.bytes,
              filename: filenameOf(url),
              contentType: audio.contentType ?? 'application/octet-stream',
            }
            return transcriber.transcribe(file, { signal, ...(language === null ? {} : { language }) })
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
      now: () =>
        scope.exchange({
          kind: 'now',
          request: {},
          perform: async () => real.clock(),
          costly: false,
          read: (json) => z.number().parse(json),
        }),
    }
  }
}

function filenameOf(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) || 'audio'
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
