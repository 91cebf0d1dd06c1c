import { setTimeout as delay } from 'node:timers/promises'
import { failed } from '../terminal/exit-code.ts'
import { passOn, type StreamedEvent } from './event-stream.ts'
import type { Client } from './service-client.ts'
import { EventView } from './trace-answers.ts'

const RETRY_MS = 1000
/** A server that is started again is waited for this often. */
const TRIES = 10

export interface Heard {
  sent: StreamedEvent
  event: EventView
}

/**
 * The events of a run up to its end, each once: a connection that breaks off is taken up again where it was. Nothing is heard of a
 * run that is not there (any more). Rejects with the signal's reason.
 * @throws {CliError} where the server stays away, or is connected and has fallen silent.
 */
export async function* listenToRun(client: Client, runId: string, signal: AbortSignal): AsyncGenerator<Heard> {
  let after: string | undefined
  for (let tries = 0; tries < TRIES; tries++) {
    const events = await client.events(runId, after)
    if (events === null) return
    const from = after
    try {
      for await (const sent of untilAborted(events, signal)) {
        const event = EventView.parse(JSON.parse(sent.data))
        after = sent.id
        // How it stands is said again at each connection.
        if (!(sent.event === 'run' && from !== undefined)) yield { sent, event }
        if (sent.event === 'end') return
      }
    } catch (error) {
      signal.throwIfAborted()
      // A connection that breaks is no error of the run.
      if (!(error instanceof TypeError)) throw error
    }
    if (after !== from) tries = 0
    await delay(RETRY_MS, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
  throw failed(`the server does not say how run ${runId} goes on; try again later`)
}

/** Passes values on until the signal aborts. A stream of this process knows nothing of the signal and would be read to its end. */
async function* untilAborted<Value>(values: AsyncIterable<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  signal.throwIfAborted()
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )
  aborted.catch(() => undefined)
  yield* passOn(values, (next) => Promise.race([next, aborted]))
}
