import { setTimeout as delay } from 'node:timers/promises'
import { eventLine } from '../render/render-event.ts'
import { EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { StreamedEvent } from './event-stream.ts'
import type { RunView } from './service-answers.ts'
import type { Client } from './service-client.ts'
import { EventView } from './trace-answers.ts'

const RETRY_MS = 1000
/** A server that is started again is waited for this often. */
const TRIES = 10

export interface FollowOptions {
  client: Client
  /** Null where this process owns the folder: then nobody works on the run. */
  server: string | null
  json: boolean
  terminal: Terminal
}

/** Prints what happens in a run until it ends: a line an event, with `json` a line of JSON. 1 where the run fails or is cancelled. */
export async function follow(run: RunView, { client, server, json, terminal }: FollowOptions): Promise<number> {
  if (server === null && (run.status === 'queued' || run.status === 'running'))
    throw failed(`run ${run.id} is not over, and no process works on it; \`linernotes serve\` takes it up`)
  let after: string | undefined
  let tries = 0
  while (tries < TRIES) {
    terminal.signal.throwIfAborted()
    const heard = await listen(after)
    if (heard.end !== null) return heard.end === 'failed' || heard.end === 'cancelled' ? EXIT.failed : EXIT.done
    tries = heard.after === after ? tries + 1 : 0
    after = heard.after
    await delay(RETRY_MS, undefined, { signal: terminal.signal }).catch(() => terminal.signal.throwIfAborted())
  }
  throw failed(`the server at ${server ?? 'this machine'} does not say how run ${run.id} goes on; try again later`)

  async function listen(from: string | undefined): Promise<{ after: string | undefined; end: string | null }> {
    let last = from
    const events = await client.events(run.id, from)
    if (events === null) throw failed(`run ${run.id} has been deleted`)
    try {
      for await (const sent of events) {
        const event = EventView.parse(JSON.parse(sent.data))
        // How it stands is said again at each connection.
        if (!(sent.event === 'run' && from !== undefined)) show(sent, event)
        last = sent.id
        if (sent.event === 'end') return { after: last, end: event.status ?? '' }
      }
    } catch (error) {
      terminal.signal.throwIfAborted()
      // A connection that breaks is taken up again where it was; anything else is an error.
      if (!(error instanceof TypeError)) throw error
    }
    return { after: last, end: null }
  }

  function show({ event: type, id, data }: StreamedEvent, event: EventView): void {
    if (json) terminal.out(`${JSON.stringify({ event: type, id, data: JSON.parse(data) })}\n`)
    else terminal.out(eventLine(type, event, terminal))
  }
}
