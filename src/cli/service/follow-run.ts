import { eventLine } from '../render/render-event.ts'
import { EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { listenToRun } from './listen-to-run.ts'
import type { RunView } from './service-answers.ts'
import type { Client } from './service-client.ts'

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
  let end: string | undefined
  for await (const { sent, event } of listenToRun(client, run.id, terminal.signal)) {
    const { event: type, id, data } = sent
    terminal.out(
      json ? `${JSON.stringify({ event: type, id, data: JSON.parse(data) })}\n` : eventLine(type, event, terminal),
    )
    if (type === 'end') end = event.status
  }
  if (end === undefined) throw failed(`run ${run.id} has been deleted`)
  return end === 'failed' || end === 'cancelled' ? EXIT.failed : EXIT.done
}
