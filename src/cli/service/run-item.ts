import type { Item } from '../../content/item.ts'
import type { Understanding } from '../../content/understanding-schema.ts'
import { CliError, EXIT, failed } from '../terminal/exit-code.ts'
import { listenToRun } from './listen-to-run.ts'
import type { RunView } from './service-answers.ts'
import type { Client, Submission } from './service-client.ts'
import type { EventView } from './trace-answers.ts'

/** Shows how far a run has come. */
export interface Progress {
  show(type: string, event: EventView): void
  end(): void
}

export const noProgress: Progress = { show: () => {}, end: () => {} }

/**
 * Resolves when a run has ended, which its events say: nothing is asked meanwhile. Rejects with the signal's reason.
 * @throws {CliError} where it is gone: its item was erased meanwhile.
 */
export async function waitForRun(
  client: Client,
  run: RunView,
  progress: Progress,
  signal: AbortSignal,
): Promise<RunView> {
  try {
    if (run.status !== 'queued' && run.status !== 'running') return run
    for await (const { sent, event } of listenToRun(client, run.id, signal)) progress.show(sent.event, event)
    const ended = await client.run(run.id)
    if (ended === null) throw failed(`run ${run.id} is not there any more: its item "${run.itemId}" was erased`)
    return ended
  } finally {
    progress.end()
  }
}

/**
 * Understands one item: starts a run, waits for its end, reads what it published.
 * @throws {CliError} where the run failed or was cancelled, naming it.
 */
export async function runItem(
  item: Item,
  submission: Submission,
  { client, progress, signal }: { client: Client; progress: Progress; signal: AbortSignal },
): Promise<{ run: RunView; understanding: Understanding }> {
  const started = await client.submit(item, submission)
  const run = await waitForRun(client, started, progress, signal)
  if (run.status === 'failed')
    throw failed(
      `the run failed: ${run.error ?? 'no reason was recorded'}; \`linernotes trace ${run.id}\` shows how far it came`,
    )
  if (run.status === 'cancelled') throw new CliError(EXIT.failed, `run ${run.id} was cancelled; nothing was published`)
  const understanding = await client.understanding(run.itemId, run.version ?? undefined)
  if (understanding === null)
    throw failed(`run ${run.id} ended ${run.status}, but nothing is published of item "${run.itemId}"`)
  return { run, understanding }
}
